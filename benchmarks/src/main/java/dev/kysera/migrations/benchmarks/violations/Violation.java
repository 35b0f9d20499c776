package dev.kysera.migrations.benchmarks.violations;

/**
 * A broken invariant.
 *
 * @param evidence what was found, for a reader who wants to check it
 */
record Violation(Invariant invariant, String evidence) {}
