package dev.kysera.migrations.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is started: in this JVM, as a process, and prepared ahead of time. */
class OrdersApplicationTest {

  @TempDir private Path folder;

  @Test
  void it_starts_and_tells_of_its_migrations() throws Exception {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(OrdersApplication.class)
            .run(
                "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:"
                    + UUID.randomUUID()
                    + ";DB_CLOSE_DELAY=-1")) {
      String port = context.getEnvironment().getProperty("local.server.port");

      assertThat(context.getBean(OrderBook.class).customers()).containsExactly("Ada");
      assertThat(get(port, "health"))
          .contains(
              "\"migrations\":{\"details\":{\"migrations\":\"up to date\"},\"status\":\"UP\"}");
      assertThat(get(port, "migrations"))
          .contains("\"name\":\"001_create_orders\"")
          .contains("\"name\":\"002_add_first_order\"")
          .contains("\"pending\":[]");
      assertThat(get(port, "metrics/kysera.migrations.migration"))
          .contains("\"statistic\":\"COUNT\",\"value\":2.0");
    }
  }

  private static String get(String port, String endpoint) throws Exception {
    URI uri = URI.create("http://localhost:" + port + "/actuator/" + endpoint);
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .body();
    return sortedHealth(body);
  }

  /** Boot 3 and 4 have the members of a component in different order. */
  private static String sortedHealth(String body) {
    return body.replace(
        "{\"status\":\"UP\",\"details\":{\"migrations\":\"up to date\"}}",
        "{\"details\":{\"migrations\":\"up to date\"},\"status\":\"UP\"}");
  }

  private record Ended(int status, String output) {}

  private static Ended java(List<String> classPath, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(System.getProperty("path.separator"), classPath)));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), output);
  }

  private static List<String> classPath() {
    return List.of(
        System.getProperty("java.class.path").split(System.getProperty("path.separator")));
  }

  private String url() {
    return "--spring.datasource.url=jdbc:h2:" + folder.resolve("orders") + ";TRACE_LEVEL_FILE=0";
  }

  @Test
  void prepared_ahead_of_time_it_does_the_same_without_hints() throws Exception {
    Path sources = folder.resolve("sources");
    Path resources = folder.resolve("resources");
    Path classes = folder.resolve("classes");
    Ended processed =
        java(
            classPath(),
            "org.springframework.boot.SpringApplicationAotProcessor",
            OrdersApplication.class.getName(),
            sources.toString(),
            resources.toString(),
            classes.toString(),
            "app",
            "app");
    assertThat(processed.status()).as(processed.output()).isZero();
    compile(sources, classes);

    List<String> classPath = new ArrayList<>(List.of(classes.toString(), resources.toString()));
    classPath.addAll(classPath());
    Ended started =
        java(
            classPath,
            "-Dspring.aot.enabled=true",
            OrdersApplicationTest.class.getName(),
            url(),
            "--spring.datasource.username=sa");

    assertThat(started.output()).contains("Boot " + SpringBootVersion.getVersion() + ": [Ada]");
    assertThat(started.status()).isZero();
  }

  /** Starts the application, says who is in its book, and ends. */
  public static void main(String[] args) {
    List<String> arguments = new ArrayList<>(List.of(args));
    arguments.add("--server.port=0");
    SpringApplication application = new SpringApplication(OrdersApplication.class);
    application.setMainApplicationClass(OrdersApplication.class);
    try (ConfigurableApplicationContext context =
        application.run(arguments.toArray(String[]::new))) {
      System.out.println(
          "Boot "
              + SpringBootVersion.getVersion()
              + ": "
              + context.getBean(OrderBook.class).customers());
    }
  }

  private static void compile(Path sources, Path classes) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-nowarn",
                "-d",
                classes.toString(),
                "-cp",
                classes
                    + System.getProperty("path.separator")
                    + System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(options::add);
    }
    Files.createDirectories(classes);
    int status =
        javax.tools.ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, options.toArray(String[]::new));
    assertThat(status).isZero();
  }
}
