package dev.kysera.migrations.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a database migration.
 *
 * <pre>{@code
 * @Migration("001_create_users")
 * final class CreateUsers implements JdbiMigration {
 *   @Override public void up(Handle handle) {
 *     handle.execute("create table users (id int primary key)");
 *   }
 *   @Override public void down(Handle handle) {
 *     handle.execute("drop table users");
 *   }
 * }
 * }</pre>
 *
 * <p>The compiler checks each annotated class and the set of them, and generates a class {@code
 * Migrations} in their package. The rules, each with the tag that its message carries:
 *
 * <ul>
 *   <li>{@code NotAClass}: it is a class or a record, not an interface, an enum or an annotation.
 *   <li>{@code Abstract}: it is not abstract.
 *   <li>{@code Inner}: it is a top level class or a static nested one. A class inside a method is
 *       not seen by the processor at all.
 *   <li>{@code Generic}: it has no type parameters.
 *   <li>{@code Inaccessible}: it is not private, nor is a class around it. In a package below that
 *       of {@code Migrations}, a generated class {@code MigrationFactory} creates those that are
 *       not public.
 *   <li>{@code NoInterface}: it implements {@code dev.kysera.migrations.JdbiMigration}.
 *   <li>{@code Constructor}: it has one constructor that {@code Migrations} can call; among
 *       several, the one without arguments counts, and of a record that of its components. It has
 *       no type parameters and declares no checked exception.
 *   <li>{@code Dependencies}: the parameters of that constructor are what the migration needs. In
 *       the migrations of a module, one name has one type; {@code Migrations} can reach that type;
 *       and the name is no method without arguments of {@code Object}. Where there is a class file
 *       only, it must tell the names, as it does by {@code -g} or {@code -parameters}, or the
 *       {@code Migrations} of before must.
 *   <li>{@code Name}: its name is a number of 1 to 18 digits, an underscore and a slug of letters,
 *       digits, {@code _} and {@code -} that starts with a letter or a digit; at most 255
 *       characters in all. Lower snake case is the usual style.
 *   <li>{@code DuplicateName}: no other migration has its name, upper and lower case being the
 *       same.
 *   <li>{@code DuplicateNumber}: no other migration has its number; {@code 1_a} and {@code 001_b}
 *       have the same one.
 *   <li>{@code Width}: the names sort the same as text and by number. Only a timestamp (8 digits or
 *       more, no leading zero) may follow a shorter sequence number.
 *   <li>{@code Packages}: all migrations are in one package, or each at or below a package that is
 *       annotated with {@link MigrationModule}.
 *   <li>{@code NameTaken}: there is no other class named like one that is generated.
 *   <li>{@code OutOfSight}: no migration of the module is in the output of the compiler only, where
 *       {@code Migrations} could not use it.
 *   <li>{@code Estimate}: its {@code estimatedMillis} is not negative.
 *   <li>{@code RequireDown}: it overrides {@code down}, if the compiler option {@code
 *       -Akysera.migrations.requireDown=true} is given.
 *   <li>{@code Formerly}: each name in its {@code formerly} is a name that it had, that no
 *       migration has now, and that no other one claims.
 * </ul>
 *
 * <p>With the compiler option {@code -Akysera.migrations.sum=FILE} a committed file says what is
 * released: a line with the name and the fingerprint of each migration, written by the command line
 * and by the test kit. Then these rules hold too:
 *
 * <ul>
 *   <li>{@code SumFile}: the file is as it was written.
 *   <li>{@code Edited}: the source of a released migration is the one that was released, but for
 *       comments, formatting and the method {@code down}.
 *   <li>{@code Renamed}: a released migration has its name, or says which it had in its {@code
 *       formerly}.
 *   <li>{@code Removed}: a released migration is in the code.
 *   <li>{@code BeforeHead}: a migration that is not released sorts behind all that are.
 * </ul>
 *
 * <p>Migrations are executed in the numeric order of their numbers.
 *
 * <p>If migrations need something, {@code Migrations} has an interface {@code Dependencies} with a
 * method for each parameter, named like it. {@code Migrations.runner(jdbi, options, dependencies)}
 * then takes an implementation, and calls a method when a migration that asks for it is created to
 * run.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Migration {

  /**
   * The name, such as {@code "001_create_users"}. It is stored in the history: once a migration has
   * been executed anywhere, its name must not change, unless {@link #formerly} holds the old one.
   *
   * @return the name
   */
  String value();

  /**
   * What the migration does, in a few words for people. It is logged when the migration runs.
   *
   * @return the description, empty if none is given
   */
  String description() default "";

  /**
   * Whether running code may break when the migration is executed. It is logged as a warning.
   *
   * @return true for a breaking change
   */
  boolean breaking() default false;

  /**
   * How long the migration takes, as its author expects. It is logged when the migration runs.
   *
   * @return the time in milliseconds, 0 if it is not given
   */
  long estimatedMillis() default 0;

  /**
   * Whether the migration runs in a transaction. False is for statements that refuse to run in one,
   * such as {@code CREATE INDEX CONCURRENTLY} on PostgreSQL or {@code VACUUM} on SQLite.
   *
   * @return false if the migration must run outside a transaction
   */
  boolean transactional() default true;

  /**
   * Whether the migration may be run again after it was interrupted half done. True says that its
   * {@code up} and its {@code down} are idempotent: each does what is left to do, however much of
   * it was done before. Without it, an interrupted migration that may be half done stops every run
   * until somebody resolves it.
   *
   * @return true if the migration may be run again
   */
  boolean rerunnable() default false;

  /**
   * The names that the migration had before, if it was renamed after it was executed anywhere. A
   * history that holds one of them is brought up to the present name by the next run that writes.
   *
   * @return former names, none if it always had its name
   */
  String[] formerly() default {};
}
