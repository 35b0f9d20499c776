package dev.kysera.migrations.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import dev.kysera.migrations.cli.Session.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --json} writes is what {@code docs/cli-output.schema.json} says. */
class JsonOutputTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path SCHEMA = Path.of("..", "..", "docs", "cli-output.schema.json");

  private final Session session = new Session(VerbsTest.THREE);

  @AfterEach
  void end() {
    session.close();
  }

  /** One document, one line, of the documented shape, with the exit status of the process. */
  private JsonNode document(String... arguments) throws IOException {
    Output output = session.call(arguments);
    assertThat(output.out()).endsWith("\n");
    assertThat(output.out().lines()).hasSize(1);
    JsonNode document = MAPPER.readTree(output.out());
    assertThat(schema().validate(document)).isEmpty();
    assertThat(document.get("exitCode").asInt()).isEqualTo(output.status());
    return document;
  }

  private static JsonSchema schema() throws IOException {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
  }

  private static JsonNode json(String text) throws IOException {
    return MAPPER.readTree(text.replace('\'', '"'));
  }

  private static void withoutTimes(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path("durationMillis").isNumber()) {
        object.put("durationMillis", 0);
      }
      if (object.has("executedAt")) {
        object.put("executedAt", "then");
      }
    }
    node.forEach(JsonOutputTest::withoutTimes);
  }

  @Test
  void up_isTheStepsAndTheirStates() throws IOException {
    JsonNode document = document("up", "--to", "002_b", "--json");

    withoutTimes(document);
    assertThat(document)
        .isEqualTo(
            json(
                """
                {'format': 1, 'verb': 'up', 'exitCode': 0, 'result':
                  {'direction': 'UP', 'dryRun': false, 'durationMillis': 0, 'migrations': [
                    {'name': '001_a', 'direction': 'UP', 'state': 'COMPLETED', 'durationMillis': 0},
                    {'name': '002_b', 'direction': 'UP', 'state': 'COMPLETED', 'durationMillis': 0}]},
                 'error': null}"""));
  }

  @Test
  void up_thatFails_isWhatWasDoneAndTheError() throws IOException {
    session.with(VerbsTest.FAILING);

    JsonNode document = document("--json", "up");

    withoutTimes(document);
    assertThat(document.get("result").get("migrations"))
        .isEqualTo(
            json(
                """
                [{'name': '001_a', 'direction': 'UP', 'state': 'COMPLETED', 'durationMillis': 0},
                 {'name': '002_bad', 'direction': 'UP', 'state': 'FAILED', 'durationMillis': 0},
                 {'name': '003_c', 'direction': 'UP', 'state': 'NOT_RUN', 'durationMillis': 0}]"""));
    JsonNode error = document.get("error");
    assertThat(error.get("kind").asText()).isEqualTo("failed");
    assertThat(error.get("exception").asText()).isEqualTo("MigrationFailedException");
    assertThat(error.get("migration").asText()).isEqualTo("002_bad");
    assertThat(error.get("message").asText()).startsWith("Migration \"002_bad\" (");
  }

  @Test
  void status_isBothLists() throws IOException {
    session.call("up", "--to", "001_a");
    session.handle().execute("insert into migrations (name) values ('900_gone')");

    JsonNode document = document("status", "--json");

    assertThat(document.at("/result/executed/0/executedAt").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    withoutTimes(document);
    assertThat(document.get("result"))
        .isEqualTo(
            json(
                """
                {'total': 3, 'executed': [
                   {'name': '001_a', 'executedAt': 'then', 'durationMillis': 0, 'inCode': true,
                    'verification': 'UNVERIFIED'},
                   {'name': '900_gone', 'executedAt': 'then', 'durationMillis': null, 'inCode': false,
                    'verification': 'UNVERIFIED'}],
                 'pending': [
                   {'name': '002_b', 'description': '', 'breaking': false, 'estimatedMillis': null,
                    'transactional': true, 'reversible': true, 'rerunnable': false},
                   {'name': '003_c', 'description': 'Rows of a', 'breaking': true,
                    'estimatedMillis': 2000, 'transactional': true, 'reversible': false,
                    'rerunnable': false}],
                 'openAttempts': []}"""));
  }

  @Test
  void everyVerb_hasTheDocumentedShape(@TempDir Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/main/java"));
    session.in(folder);

    assertThat(document("plan", "--json").at("/result/steps")).hasSize(3);
    assertThat(document("check", "--json").at("/error/kind").asText()).isEqualTo("pending");
    assertThat(document("await", "--timeout=0s", "--json").at("/exitCode").asInt()).isEqualTo(3);
    assertThat(document("up", "--dry-run", "--json").at("/result/dryRun").asBoolean()).isTrue();
    assertThat(document("baseline", "001_a", "--json").at("/result/migrations/0/state").asText())
        .isEqualTo("BASELINED");
    session.handle().execute("create table a (id int)");
    assertThat(document("up", "--to=002_b", "--json").at("/result/migrations")).hasSize(1);
    assertThat(document("redo", "--json").at("/result/migrations")).hasSize(2);
    assertThat(document("down", "--json").at("/result/direction").asText()).isEqualTo("DOWN");
    assertThat(document("reset", "--json").at("/error/kind").asText()).isEqualTo("usage");
    assertThat(document("reset", "--yes", "--json").at("/exitCode").asInt()).isZero();
    assertThat(document("up", "--json").at("/exitCode").asInt()).isZero();
    assertThat(document("check", "--json").at("/result/current").asBoolean()).isTrue();
    assertThat(document("await", "--json").at("/result/current").asBoolean()).isTrue();
    assertThat(document("diagnose", "--json").at("/result/findings")).isEmpty();
    assertThat(document("setup-sql", "--json").at("/result/sql").asText()).contains("CREATE TABLE");
    assertThat(document("resolve", "4", "rerun", "x", "--json").at("/exitCode").asInt())
        .isEqualTo(1);
    assertThat(document("completion", "app", "--json").at("/result/script").asText())
        .startsWith("#!/usr/bin/env bash");
    assertThat(document("create", "add_x", "--json").at("/error/kind").asText()).isEqualTo("usage");
    assertThat(document("create", "add_x", "--package=app", "--json").get("result"))
        .isEqualTo(
            json(
                "{'name': '001_add_x', 'className': 'app.AddX', 'file': '%s'}"
                    .formatted(sources.resolve("app/AddX.java"))));
    assertThat(document("accept", "001_a", "--note=why", "--json").at("/exitCode").asInt())
        .isBetween(0, 1);
    assertThat(document("up", "--fail-on-changed", "--json").at("/exitCode").asInt()).isZero();
  }

  @Test
  void sum_isWhatWasWrittenAndWhatIsRefused(@TempDir Path folder) throws IOException {
    session.in(folder);
    Path file = folder.resolve("migrations.sum");

    assertThat(document("sum", "update", "--json").get("result"))
        .isEqualTo(
            json(
                """
                {'file': '%s', 'written': true, 'changes': [
                  {'name': '001_a', 'kind': 'NEW', 'listedAs': null, 'line': null},
                  {'name': '002_b', 'kind': 'NEW', 'listedAs': null, 'line': null},
                  {'name': '003_c', 'kind': 'NEW', 'listedAs': null, 'line': null}],
                 'refused': [], 'problems': []}"""
                    .formatted(file)));
    session.with(
        MigrationRegistry.builder()
            .add("001_a", h -> {})
            .add("002_b", h -> {})
            .add("004_d", h -> {})
            .build());
    JsonNode refused = document("sum", "update", "--json");
    assertThat(refused.get("result"))
        .isEqualTo(
            json(
                """
                {'file': '%s', 'written': false, 'changes': [], 'refused': [
                  {'name': '003_c', 'kind': 'REMOVED', 'listedAs': '003_c', 'line': 3}],
                 'problems': []}"""
                    .formatted(file)));
    assertThat(refused.at("/error/kind").asText()).isEqualTo("inconsistent");
    assertThat(document("sum", "--json").at("/error/kind").asText()).isEqualTo("usage");
  }

  @Test
  void anInterruptedAttempt_isNamed() throws IOException {
    session.with(
        MigrationRegistry.builder()
            .add(
                "001_half",
                h -> {
                  h.execute("create table a (id int)");
                  h.execute("create table a (id int)");
                })
            .build());
    session.call("up");

    JsonNode error = document("up", "--json").get("error");

    assertThat(error.get("kind").asText()).isEqualTo("interrupted");
    assertThat(error.get("migration").asText()).isEqualTo("001_half");
    assertThat(error.get("attempt").asText())
        .isEqualTo(document("diagnose", "--json").at("/result/openAttempt").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--json", "--json nothing", "up --json --what", "down --json x", "up --json --to"})
  void wrongUsage_isADocumentToo(String arguments) throws IOException {
    JsonNode document = document(arguments.split(" "));

    assertThat(document.get("exitCode").asInt()).isEqualTo(2);
    assertThat(document.at("/error/kind").asText()).isEqualTo("usage");
  }

  @Test
  void noConnection_isADocumentWithoutSecrets() throws IOException {
    session.environment(
        Map.of(
            "DATABASE_URL", "jdbc:h2:tcp://localhost:1/x;PASSWORD=geheim",
            "DATABASE_PASSWORD", "geheim"));

    JsonNode document = document("status", "--json");

    assertThat(document.get("exitCode").asInt()).isEqualTo(1);
    assertThat(document.toString()).doesNotContain("geheim");
  }

  @Test
  void theSchema_knowsEveryVerb() throws IOException {
    String schema = Files.readString(SCHEMA);
    Stream.of(session.call().err().split("[:.,]\\s*"))
        .skip(1)
        .takeWhile(word -> !word.startsWith("Try"))
        .forEach(verb -> assertThat(schema).contains('"' + verb + '"'));
  }

  @Test
  void whatIsExecuted_isTheSameWithJson() throws IOException {
    document("up", "--json");
    assertThat(MigrationRunner.create(session.jdbi(), VerbsTest.THREE).executedMigrations())
        .containsExactly("001_a", "002_b", "003_c");
  }
}
