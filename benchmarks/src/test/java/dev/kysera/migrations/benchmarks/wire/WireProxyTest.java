package dev.kysera.migrations.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What raw JDBC says to a server is known, so the counts must be that. */
class WireProxyTest {

  private static EmbeddedPostgres server;

  @BeforeAll
  static void start() throws Exception {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private interface Work {
    void on(Statement statement) throws SQLException;
  }

  private static WireCounts count(Work work) throws Exception {
    try (WireProxy proxy = WireProxy.to(server.getPort(), Duration.ZERO);
        Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:"
                    + proxy.port()
                    + "/postgres?user=postgres&assumeMinServerVersion=16");
        Statement statement = connection.createStatement()) {
      work.on(statement);
      return proxy.counts();
    }
  }

  @Test
  void a_single_query_is_one_statement_in_one_round_trip() throws Exception {
    assertThat(count(statement -> statement.execute("select 1")))
        .isEqualTo(new WireCounts(1, 1, 0, 0, 1));
  }

  @Test
  void opening_a_session_is_no_statement() throws Exception {
    assertThat(count(statement -> {})).isEqualTo(new WireCounts(1, 0, 0, 0, 0));
  }

  @Test
  void a_begin_is_counted_apart_and_travels_with_the_next_statement() throws Exception {
    assertThat(
            count(
                statement -> {
                  statement.getConnection().setAutoCommit(false);
                  statement.execute("select 1");
                }))
        .isEqualTo(new WireCounts(1, 1, 1, 0, 1));
  }

  @Test
  void a_commit_is_a_statement_with_a_round_trip_of_its_own() throws Exception {
    assertThat(
            count(
                statement -> {
                  statement.getConnection().setAutoCommit(false);
                  statement.execute("select 1");
                  statement.getConnection().commit();
                }))
        .isEqualTo(new WireCounts(1, 2, 1, 1, 2));
  }

  @Test
  void statements_that_are_sent_together_share_a_round_trip() throws Exception {
    assertThat(count(statement -> statement.execute("select 1; select 2")))
        .isEqualTo(new WireCounts(1, 2, 0, 0, 1));
  }

  @Test
  void a_statement_that_fails_counts() throws Exception {
    assertThat(
            count(
                statement ->
                    assertThatThrownBy(() -> statement.execute("select * from nowhere"))
                        .isInstanceOf(SQLException.class)))
        .isEqualTo(new WireCounts(1, 1, 0, 0, 1));
  }
}
