/**
 * Writes down what a migration sends to its database, through JDBI or past it, and keeps what a
 * rehearsal cannot take back from being done.
 */
package dev.kysera.migrations.internal.recording;
