/** Measures starts and steps, each in a process of its own. */
@NullMarked
package dev.kysera.migrations.benchmarks.starts;

import org.jspecify.annotations.NullMarked;
