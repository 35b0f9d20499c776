package dev.kysera.migrations.internal.risk;

/**
 * A rule that a statement breaks.
 *
 * @param table the table that others wait for, as the statement writes it; empty if it is not known
 * @param message what happens, and what to write instead
 */
record Finding(Rule rule, String table, String message) {}
