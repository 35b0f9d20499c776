/**
 * Migrates when a Spring Boot application starts. Needs nothing but a {@link
 * MigrationRunnerFactory} bean.
 */
@org.jspecify.annotations.NullMarked
package dev.kysera.migrations.spring;
