package dev.kysera.migrations.examples.refactor;

import dev.kysera.migrations.MigrationRegistry;

/**
 * The same refactoring for a database that commits with every DDL statement: one statement to a
 * migration, so that none can be half done.
 *
 * <p>When the copying fails, nothing of it is left and it simply runs again. When a DDL statement
 * fails, nothing is left either, but the runner cannot know that: its attempt stays open until it
 * is resolved as not executed.
 *
 * <p>In a project each would be an annotated class; this module shows both ways, and a module has
 * only one generated registry.
 */
final class SplitRefactor {

  private SplitRefactor() {}

  static MigrationRegistry registry() {
    return MigrationRegistry.builder()
        .add("001_create_users", new CreateUsers())
        .add(
            "002_create_new_users",
            handle ->
                handle.execute(
                    """
                    create table new_users (
                      id integer primary key,
                      email varchar(255) not null unique,
                      full_name varchar(255) not null
                    )"""),
            handle -> handle.execute("drop table new_users"))
        .add(
            "003_copy_users",
            handle ->
                handle.execute(
                    """
                    insert into new_users (id, email, full_name)
                    select id, email, name from users"""),
            handle -> handle.execute("delete from new_users"))
        .add(
            "004_drop_users",
            handle -> handle.execute("drop table users"),
            handle ->
                handle.execute(
                    """
                    create table users (
                      id integer primary key,
                      email varchar(255) not null,
                      name varchar(255) not null
                    ) as select id, email, full_name from new_users"""))
        .add(
            "005_rename_new_users",
            handle -> handle.execute("alter table new_users rename to users"),
            handle -> handle.execute("alter table users rename to new_users"))
        .build();
  }
}
