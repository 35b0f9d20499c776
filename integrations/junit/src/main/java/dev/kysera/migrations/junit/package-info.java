/** Tests of migrations in one line, and schema snapshots to commit as golden files. */
package dev.kysera.migrations.junit;
