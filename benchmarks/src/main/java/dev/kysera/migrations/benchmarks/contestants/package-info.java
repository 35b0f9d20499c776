/**
 * What runs in a measured process: one small class for each tool, and the programs that call it.
 */
@NullMarked
package dev.kysera.migrations.benchmarks.contestants;

import org.jspecify.annotations.NullMarked;
