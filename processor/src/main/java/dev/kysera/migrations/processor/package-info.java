/**
 * The annotation processor. Data flows one way, and every step changes the type: annotated class,
 * {@code MigrationDeclaration}, {@code RegistryModel}, source file. What is wrong on the way
 * becomes a {@code Finding}, printed in one place.
 */
@NullMarked
package dev.kysera.migrations.processor;

import org.jspecify.annotations.NullMarked;
