package dev.kysera.migrations.benchmarks.starts;

import dev.kysera.migrations.benchmarks.wire.WireProxy;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A durable PostgreSQL on this machine, for as long as the benchmarks run. */
public final class PostgresServer implements AutoCloseable {

  /** How it is set, for the report. */
  public static final String SETTINGS =
      "embedded, on loopback, fsync=on, synchronous_commit=on, full_page_writes=on";

  static final String KIND = "postgresql";

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static PostgresServer start() throws IOException {
    return new PostgresServer(
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start());
  }

  int port() {
    return server.getPort();
  }

  /** Creates an empty database. */
  Database create(String name) throws SQLException {
    return create(name, "template0");
  }

  /** Creates a copy of a database, to which nobody is connected. */
  Database create(String name, String template) throws SQLException {
    admin("create database " + name + " template " + template);
    String url = url(port(), name);
    return new Database(
        KIND, "org.postgresql:postgresql", url, url + "&options=-c%20synchronous_commit=off");
  }

  void drop(String name) throws SQLException {
    admin("drop database " + name + " with (force)");
  }

  /** The same database by way of a proxy that counts; to open a session, no statement is sent. */
  Database counted(WireProxy proxy, Database database) {
    Database through = through(proxy, database, database.kind());
    return new Database(
        through.kind(),
        through.driver(),
        through.url() + "&assumeMinServerVersion=16",
        through.preparationUrl());
  }

  /** The same database by way of a proxy. */
  Database through(WireProxy proxy, Database database, String kind) {
    String url = database.url().replace(":" + port() + "/", ":" + proxy.port() + "/");
    return new Database(kind, database.driver(), url, database.preparationUrl());
  }

  private static String url(int port, String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=postgres";
  }

  private void admin(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
