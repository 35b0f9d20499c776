/** Migrations in a Dropwizard application: {@link MigrationsBundle}. */
@org.jspecify.annotations.NullMarked
package dev.kysera.migrations.dropwizard;
