package dev.kysera.migrations.examples.jooq;

import static org.jooq.impl.DSL.primaryKey;
import static org.jooq.impl.DSL.unique;
import static org.jooq.impl.SQLDataType.INTEGER;
import static org.jooq.impl.SQLDataType.VARCHAR;

import dev.kysera.migrations.JdbiMigration;
import dev.kysera.migrations.annotation.Migration;
import org.jdbi.v3.core.Handle;
import org.jooq.DSLContext;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.tools.jdbc.JDBCUtils;

@Migration("001_create_books")
final class CreateBooks implements JdbiMigration {

  @Override
  public void up(Handle handle) {
    DSLContext jooq = jooq(handle);
    jooq.createTable("books")
        .column("id", INTEGER.identity(true))
        .column("isbn", VARCHAR(13).notNull())
        .column("title", VARCHAR(255).notNull())
        .constraints(primaryKey("id"), unique("isbn"))
        .execute();
    jooq.createIndex("books_title_idx").on("books", "title").execute();
  }

  @Override
  public void down(Handle handle) {
    jooq(handle).dropTable("books").execute();
  }

  /** Works on the connection of the handle, and so in the transaction of the migration. */
  private static DSLContext jooq(Handle handle) {
    // jOOQ quotes every name unless told otherwise; then H2 would have "books" and not BOOKS.
    Settings settings =
        new Settings().withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED);
    return DSL.using(handle.getConnection(), JDBCUtils.dialect(handle.getConnection()), settings);
  }
}
