package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kysera.migrations.MigrationOptions;
import dev.kysera.migrations.MigrationRegistry;
import dev.kysera.migrations.MigrationRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Calls the command line inside this JVM, on an H2 of its own that ends with the session. */
final class Session implements AutoCloseable {

  /**
   * What one call has left.
   *
   * @param status the exit status
   * @param out standard output
   * @param err standard error
   */
  record Output(int status, String out, String err) {}

  private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
  private final Jdbi jdbi = Jdbi.create(url);
  private final Handle keepAlive = jdbi.open();
  private Map<String, String> environment = Map.of("DATABASE_URL", url);
  private Path directory = Path.of("").toAbsolutePath();
  private Optional<Jdbi> handedOver = Optional.empty();
  private Terminal terminal = Terminal.NONE;
  private BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory;

  Session(MigrationRegistry registry) {
    this((jdbi, options) -> MigrationRunner.create(jdbi, registry, options));
  }

  Session(BiFunction<Jdbi, MigrationOptions, MigrationRunner> factory) {
    this.factory = factory;
  }

  Session with(MigrationRegistry registry) {
    this.factory = (jdbi, options) -> MigrationRunner.create(jdbi, registry, options);
    return this;
  }

  Session in(Path folder) {
    this.directory = folder;
    return this;
  }

  Session environment(Map<String, String> variables) {
    this.environment = variables;
    return this;
  }

  Session handOver(Jdbi given) {
    this.handedOver = Optional.of(given);
    return this;
  }

  Session on(Terminal given) {
    this.terminal = given;
    return this;
  }

  String url() {
    return url;
  }

  Jdbi jdbi() {
    return jdbi;
  }

  Handle handle() {
    return keepAlive;
  }

  Output call(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings surroundings =
        new Surroundings(
            environment,
            directory,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            UTF_8,
            terminal);
    int status = CommandTree.of(surroundings, handedOver, factory).execute(arguments);
    return new Output(status, out.toString(UTF_8), withoutTimes(err.toString(UTF_8)));
  }

  static String withoutTimes(String text) {
    return text.replaceAll("\\(\\d+ ms\\)", "(0 ms)");
  }

  @Override
  public void close() {
    keepAlive.close();
  }
}
