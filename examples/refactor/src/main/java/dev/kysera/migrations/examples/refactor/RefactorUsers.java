package dev.kysera.migrations.examples.refactor;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;

/**
 * Renames a column and makes another unique, by way of a new table: SQLite cannot add a constraint
 * to an old one.
 *
 * <p>Each migration runs in a transaction. Where the database rolls back DDL, as SQLite and
 * PostgreSQL do, all four steps are done or none. H2 and MySQL commit with every DDL statement; for
 * them {@link SplitRefactor} does the same in several migrations.
 */
@Migration(
    value = "002_refactor_users",
    description = "Unique e-mail addresses, and name becomes full_name",
    breaking = true)
final class RefactorUsers implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    // 1. Create the new table.
    handle.execute(
        """
        create table new_users (
          id integer primary key,
          email varchar(255) not null unique,
          full_name varchar(255) not null
        )""");
    // 2. Copy the data.
    handle.execute(
        "insert into new_users (id, email, full_name) select id, email, name from users");
    // 3. Drop the old table.
    handle.execute("drop table users");
    // 4. Rename the new one.
    handle.execute("alter table new_users rename to users");
  }

  @Override
  public void down(Handle handle) {
    handle.execute(
        """
        create table old_users (
          id integer primary key,
          email varchar(255) not null,
          name varchar(255) not null
        )""");
    handle.execute(
        "insert into old_users (id, email, name) select id, email, full_name from users");
    handle.execute("drop table users");
    handle.execute("alter table old_users rename to users");
  }
}
