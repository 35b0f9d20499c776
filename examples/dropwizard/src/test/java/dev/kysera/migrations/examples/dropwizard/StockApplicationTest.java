package dev.kysera.migrations.examples.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.setup.Environment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application as it is started. */
class StockApplicationTest {

  @TempDir private Path folder;

  /** The server, once it listens. */
  private static final class Started extends StockApplication {
    private final CompletableFuture<Server> server = new CompletableFuture<>();

    @Override
    public void run(StockConfiguration configuration, Environment environment) {
      super.run(configuration, environment);
      environment.lifecycle().addServerLifecycleListener(server::complete);
    }

    @Override
    protected void onFatalError(Throwable failure) {
      server.completeExceptionally(failure);
    }
  }

  private String configuration() throws Exception {
    Path file = folder.resolve("config.yml");
    Files.writeString(
        file,
        Files.readString(Path.of("config.yml"))
            .replaceFirst(
                "url: .*", "url: jdbc:h2:" + folder.resolve("stock") + ";TRACE_LEVEL_FILE=0"));
    return file.toString();
  }

  private record Ended(int status, String said) {}

  private static Ended run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StockApplication.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  @Test
  void it_serves_on_a_current_database_only() throws Exception {
    String configuration = configuration();
    Started early = new Started();
    early.run("server", configuration);
    assertThat(early.server)
        .isCompletedExceptionally()
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("\"001_create_stock\" is pending.");

    assertThat(run("db", "check", configuration).status()).isEqualTo(3);
    Ended up = run("db", "up", configuration);
    assertThat(up.status()).as(up.said()).isZero();
    Ended status = run("db", "status", "--json", configuration);
    assertThat(status.status()).isZero();
    assertThat(status.said()).startsWith("{\"format\":1,\"verb\":\"status\",\"exitCode\":0,");
    assertThat(run("db", "up", "--help").said()).startsWith("Usage: migrations up");

    Started application = new Started();
    application.run("server", configuration);
    Server server = application.server.get();
    try {
      NetworkConnector admin =
          Arrays.stream(server.getConnectors())
              .map(NetworkConnector.class::cast)
              .filter(connector -> "admin".equals(connector.getName()))
              .findFirst()
              .orElseThrow();
      URI uri = URI.create("http://localhost:" + admin.getLocalPort() + "/healthcheck");
      String health =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
              .body();
      assertThat(health).contains("\"db-migrations\":{\"healthy\":true,\"message\":\"up to date\"");
    } finally {
      server.stop();
    }
  }
}
