/** Measures single pieces inside the JVM. */
@NullMarked
package dev.kysera.migrations.benchmarks.inside;

import org.jspecify.annotations.NullMarked;
