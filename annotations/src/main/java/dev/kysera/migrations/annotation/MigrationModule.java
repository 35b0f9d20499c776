package dev.kysera.migrations.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes one registry of all migrations in the annotated package and in the packages below it. The
 * class {@code Migrations} is generated in the annotated package.
 *
 * <p>It is needed only when the migrations of a module lie in more than one package. Write it in
 * the {@code package-info.java} of a package above them all:
 *
 * <pre>{@code
 * @MigrationModule
 * package app.db;
 *
 * import dev.kysera.migrations.annotation.MigrationModule;
 * }</pre>
 */
@Documented
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.CLASS)
public @interface MigrationModule {}
