/** Writes the tables and draws the charts, all from the figures. */
@NullMarked
package dev.kysera.migrations.benchmarks.report;

import org.jspecify.annotations.NullMarked;
