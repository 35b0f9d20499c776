/**
 * Writes the migrations that are measured, the same for every tool, each in its tool's own form.
 */
@NullMarked
package dev.kysera.migrations.benchmarks.inputs;

import org.jspecify.annotations.NullMarked;
