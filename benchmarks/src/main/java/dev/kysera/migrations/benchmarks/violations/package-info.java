/**
 * Counts what breaks when a process or a connection is gone in the middle of a run, and when many
 * start together.
 */
@NullMarked
package dev.kysera.migrations.benchmarks.violations;

import org.jspecify.annotations.NullMarked;
