package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.cli.Session.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rehearse} and {@code script}, on SQLite, which rolls DDL back. */
class RehearseTest {

  private static final String NOTE =
      "The code of the migrations has run: what it did outside this connection (files, messages,"
          + " other systems) is done and was not rolled back.";

  private static final MigrationRegistry TWO =
      MigrationRegistry.builder()
          .add("001_a", h -> h.execute("create table a (id int, t text)"))
          .add("002_rows", h -> h.execute("insert into a values (?, ?)", 1, "x"))
          .build();

  @TempDir private Path folder;
  private String url = "";

  @BeforeEach
  void place() {
    url = "jdbc:sqlite:" + folder.resolve("app.db");
  }

  private Output call(MigrationRegistry registry, String... arguments) {
    try (Session session = new Session(registry)) {
      Output output = session.environment(Map.of("DATABASE_URL", url)).call(arguments);
      return new Output(
          output.status(),
          output.out().replaceAll("\\d+ ms", "0 ms").replaceAll("Millis\":\\d+", "Millis\":0"),
          output.err().replaceAll("\\d+ ms", "0 ms"));
    }
  }

  private int tables() {
    return Jdbi.create(url)
        .withHandle(
            h -> h.createQuery("select count(*) from sqlite_master").mapTo(Integer.class).one());
  }

  @Test
  void rehearse_tellsWhatWouldBeDone_andLeavesNothing() {
    assertThat(call(TWO, "rehearse"))
        .isEqualTo(
            new Output(
                0,
                """
                🎬 Rehearsal:

                001_a: rolled back (0 ms)
                  create table a (id int, t text)
                  -- 0 ms, 0 rows

                002_rows: rolled back (0 ms)
                  insert into a values (?, ?)
                  -- (1, 'x')
                  -- 0 ms, 1 row

                Remarks:
                  - %s
                """
                    .formatted(NOTE),
                """
                🎬 Rehearsing 001_a...
                ✓ 001_a rehearsed (0 ms, 1 statement)
                🎬 Rehearsing 002_rows...
                ✓ 002_rows rehearsed (0 ms, 1 statement)
                ✅ Rehearsal completed: 2 migrations ran and were rolled back; the database is as it was
                """));
    assertThat(tables()).isZero();
  }

  @Test
  void rehearse_ofOneThatFails_tellsWhatWasSeenBefore() {
    MigrationRegistry failing =
        MigrationRegistry.builder()
            .add("001_a", h -> h.execute("create table a (id int)"))
            .add("002_bad", h -> h.execute("insert into b values (1)"))
            .build();

    Output output = call(failing, "rehearse");

    assertThat(output.status()).isEqualTo(1);
    assertThat(output.out())
        .contains("002_bad: failed (0 ms)\n  insert into b values (1)\n  -- 0 ms, failed\n");
    assertThat(output.err())
        .contains("The rehearsal of migration \"002_bad\"")
        .contains("Its statement: \"insert into b values (1)\"")
        .contains("Certain: the rehearsal was rolled back, the database is as it was.");
    assertThat(tables()).isZero();
  }

  @Test
  void rehearse_asJson_hasTheDocumentedShape() throws IOException {
    Output output = call(TWO, "rehearse", "--json");

    JsonNode document = new ObjectMapper().readTree(output.out());
    Path schema = Path.of("..", "..", "docs", "cli-output.schema.json");
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Files.readString(schema))
                .validate(document))
        .isEmpty();
    assertThat(document.at("/result/statements/1").toString())
        .isEqualTo(
            "{\"migration\":\"002_rows\",\"sql\":\"insert into a values (?, ?)\","
                + "\"parameters\":[[1,\"x\"]],\"durationMillis\":0,\"rows\":1,\"locks\":[],"
                + "\"failed\":false}");
    assertThat(document.at("/result/risks")).isEmpty();
    assertThat(document.at("/result/remarks/0").asText()).isEqualTo(NOTE);
  }

  @Test
  void script_isAFileThatDoesTheSame() throws Exception {
    Output output = call(TWO, "script");

    assertThat(output.status()).isZero();
    assertThat(output.out())
        .startsWith("-- 2 migrations, as rehearsed on SQLite: 001_a, 002_rows\n")
        .contains("\n.bail on\n\nBEGIN IMMEDIATE;\n")
        .contains("\n\n-- 002_rows\ninsert into a values (1, 'x');\nINSERT INTO ")
        .endsWith("\n\nCOMMIT;\n");
    assertThat(tables()).isZero();
    Jdbi.create(url)
        .useHandle(
            h -> {
              try (var statement = h.getConnection().createStatement()) {
                statement.executeUpdate(output.out().replace(".bail on", ""));
              }
            });
    assertThat(call(TWO, "status").out()).contains("✅ Executed: 2").contains("⏳ Pending: 0");
  }

  @Test
  void rehearse_whereDdlCommits_saysWhy() {
    try (Session session = new Session(TWO)) {
      Output output = session.call("rehearse");

      assertThat(output.status()).isEqualTo(1);
      assertThat(output.out()).isEmpty();
      assertThat(output.err())
          .startsWith("A rehearsal ends with a rollback, and H2 commits on DDL,");
    }
  }
}
