package dev.kysera.migrations.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes one registry of all migrations in the annotated package and in the packages below it. The
 * class {@code Migrations} is generated in the annotated package. There may be several such
 * packages, also below each other: a migration belongs to the nearest one.
 *
 * <p>It is needed only when migrations lie in more than one package, or to say something about the
 * module. Write it in the {@code package-info.java}:
 *
 * <pre>{@code
 * @MigrationModule
 * package app.db;
 *
 * import dev.kysera.migrations.annotation.MigrationModule;
 * }</pre>
 *
 * <p>The rules, each with the tag that its message carries:
 *
 * <ul>
 *   <li>{@code Packages}: where there is a module, each migration is in one.
 *   <li>{@code TableName}: its {@code tableName} is not blank, has no NUL character and at most 55
 *       bytes in UTF-8, so that {@code _journal} behind it fits an identifier of PostgreSQL.
 *   <li>{@code SharedHistory}: its {@code sharesHistoryWith} names the generated classes of other
 *       modules, which have the same {@code tableName}.
 *   <li>{@code SharedNumber}: no migration has the number of one in a module that shares its
 *       history.
 * </ul>
 */
@Documented
@Target(ElementType.PACKAGE)
@Retention(RetentionPolicy.CLASS)
public @interface MigrationModule {

  /**
   * The table that holds the history of these migrations, so that modules with several data sources
   * or several histories in one database do not meet. An option {@code tableName} of the runner
   * goes before it. Once migrations were executed, it must not change: the history would seem
   * empty.
   *
   * @return one identifier, empty for the default, {@code migrations}
   */
  String tableName() default "";

  /**
   * The classes {@code Migrations} of the other modules whose migrations are in the same table.
   * Their numbers must differ from those of this module, and this module leaves their rows alone.
   * In one compilation it is enough that one module names the other; where a tool compiles the
   * changed files only, let both name each other.
   *
   * @return generated classes, those that this very compilation generates included
   */
  Class<?>[] sharesHistoryWith() default {};
}
