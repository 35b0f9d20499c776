package dev.kysera.migrations.examples.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Does what the guides ask Maven for, without Maven, which would need the artifacts installed and
 * several seconds for a command: compiles by the same compiler with the same processor, and starts
 * programs on the class path of the test.
 */
final class QuickBuild implements Build {

  /** Of the clone, once; here the class path has the artifacts. */
  static final String INSTALL = "mvn -q install -DskipTests";

  private static final Pattern MAVEN =
      Pattern.compile("mvn -q(?<goals>(?: compile| exec:java| test)+)(?<properties>(?: -D.*)?)");
  private static final Pattern PROPERTY =
      Pattern.compile(" -D(?<key>[\\w.]+)=(?:\"(?<quoted>[^\"]*)\"|(?<plain>\\S*))");
  private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern MAIN_CLASS =
      Pattern.compile("<exec.mainClass>([\\w.]+)</exec.mainClass>");
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Of a framework there is only what a compiler needs. */
  @Override
  public boolean canRun(Path folder) throws IOException {
    return !Pom.read(folder.resolve("pom.xml")).hasFramework();
  }

  @Override
  public Process start(Path folder, Map<String, String> environment, String command)
      throws IOException, InterruptedException {
    if (command.equals(INSTALL)) {
      return says("");
    }
    Matcher maven = MAVEN.matcher(command);
    assertThat(maven.matches()).as("a Maven command that the test knows: " + command).isTrue();
    Pom.read(folder.resolve("pom.xml")).assertFits(CLASS_PATH);

    Path classes = folder.resolve("target/classes");
    String errors = compile(folder, Path.of("src/main/java"), classes, "");
    if (!errors.isEmpty()) {
      return says(errors);
    }
    List<String> goals = List.of(maven.group("goals").strip().split(" "));
    if (goals.contains("exec:java")) {
      String mainClass =
          property(maven, "exec.mainClass").orElseGet(() -> mainClass(folder.resolve("pom.xml")));
      return java(folder, environment, classes.toString(), mainClass, arguments(maven));
    }
    if (goals.contains("test")) {
      Path testClasses = folder.resolve("target/test-classes");
      errors = compile(folder, Path.of("src/test/java"), testClasses, classes.toString());
      String path = testClasses + File.pathSeparator + classes;
      return errors.isEmpty()
          ? java(
              folder, environment, path, TestRun.class.getName(), List.of(testClasses.toString()))
          : says(errors);
    }
    return says("");
  }

  private static Optional<String> property(Matcher maven, String key) {
    return PROPERTY
        .matcher(maven.group("properties"))
        .results()
        .filter(found -> found.group(1).equals(key))
        .map(found -> found.group(2) == null ? found.group(3) : found.group(2))
        .findFirst();
  }

  private static List<String> arguments(Matcher maven) {
    return ARGUMENT
        .matcher(property(maven, "exec.args").orElse(""))
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }

  private static String mainClass(Path pom) {
    try {
      Matcher matcher = MAIN_CLASS.matcher(Files.readString(pom));
      assertThat(matcher.find()).as("the pom.xml names a main class").isTrue();
      return matcher.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles everything anew if it has changed; returns the errors as Maven writes them. */
  private static String compile(Path folder, Path sources, Path classes, String more)
      throws IOException {
    if (!Files.isDirectory(folder.resolve(sources))) {
      return "";
    }
    Path compiled = classes.resolveSibling(classes.getFileName() + "-of");
    String contents = contents(folder.resolve(sources)) + contents(folder.resolve("src/main/java"));
    if (Files.exists(compiled) && Files.readString(compiled).equals(contents)) {
      return "";
    }
    Files.deleteIfExists(compiled);
    empty(classes);
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (Stream<Path> files = Files.walk(folder.resolve(sources));
        StandardJavaFileManager manager =
            COMPILER.getStandardFileManager(diagnostics, Locale.ROOT, UTF_8)) {
      List<Path> units = files.filter(file -> file.toString().endsWith(".java")).toList();
      List<String> options =
          List.of(
              "--release",
              "17",
              "-classpath",
              more + File.pathSeparator + CLASS_PATH,
              "-processorpath",
              CLASS_PATH,
              "-d",
              classes.toString());
      COMPILER
          .getTask(
              new StringWriter(),
              manager,
              diagnostics,
              options,
              null,
              manager.getJavaFileObjectsFromPaths(units))
          .call();
    }
    StringBuilder errors = new StringBuilder();
    for (Diagnostic<? extends JavaFileObject> found : diagnostics.getDiagnostics()) {
      if (found.getKind() == Diagnostic.Kind.ERROR) {
        errors.append(
            "[ERROR] %s:[%d,%d] %s\n"
                .formatted(
                    found.getSource() == null ? "" : Path.of(found.getSource().toUri()),
                    found.getLineNumber(),
                    found.getColumnNumber(),
                    found.getMessage(Locale.ROOT)));
      }
    }
    if (errors.isEmpty()) {
      copyResources(folder.resolve("src/main/resources"), classes);
      Files.writeString(compiled, contents);
      return "";
    }
    return "[ERROR] COMPILATION ERROR : \n" + errors;
  }

  private static void copyResources(Path resources, Path classes) throws IOException {
    if (Files.isDirectory(resources)) {
      try (Stream<Path> files = Files.walk(resources)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path copy = classes.resolve(resources.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  private static String contents(Path sources) throws IOException {
    StringBuilder contents = new StringBuilder();
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        contents.append(file.getFileName()).append(Files.readString(file));
      }
    }
    return contents.toString();
  }

  /** What no source makes any more must not be found. */
  private static void empty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }

  private static Process java(
      Path folder,
      Map<String, String> environment,
      String classes,
      String mainClass,
      List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                classes + File.pathSeparator + CLASS_PATH,
                mainClass));
    command.addAll(arguments);
    return started(folder, environment, command);
  }

  private static Process says(String text) throws IOException {
    String status = text.isEmpty() ? "0" : "1";
    return started(
        Path.of("."),
        Map.of(),
        List.of("sh", "-c", "printf %s \"$1\"; exit " + status, "sh", text));
  }

  private static Process started(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true);
    builder.environment().remove("DATABASE_URL");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
