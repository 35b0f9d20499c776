/**
 * Database migrations as Java classes.
 *
 * <p>A migration implements {@link dev.kysera.migrations.JdbiMigration} and carries {@link
 * dev.kysera.migrations.annotation.Migration}; the annotation processor generates the class {@code
 * Migrations}, whose {@code runner(jdbi)} returns a {@link dev.kysera.migrations.MigrationRunner}.
 */
@NullMarked
package dev.kysera.migrations;

import org.jspecify.annotations.NullMarked;
