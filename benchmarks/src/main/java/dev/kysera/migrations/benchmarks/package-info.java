/** Measures what a start, a step and a build cost, beside what users would pick instead. */
@NullMarked
package dev.kysera.migrations.benchmarks;

import org.jspecify.annotations.NullMarked;
