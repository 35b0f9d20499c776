/** Counts what a client and a PostgreSQL server say to each other. */
@NullMarked
package dev.kysera.migrations.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
