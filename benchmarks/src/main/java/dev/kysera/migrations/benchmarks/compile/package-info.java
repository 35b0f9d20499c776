/** Measures what the processor adds to a compilation, and what it costs to load its output. */
@NullMarked
package dev.kysera.migrations.benchmarks.compile;

import org.jspecify.annotations.NullMarked;
