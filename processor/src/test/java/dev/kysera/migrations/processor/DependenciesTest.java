package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.STRICT;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.contentOf;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.module;
import static dev.kysera.migrations.processor.Compilations.resource;
import static dev.kysera.migrations.processor.Compilations.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What migrations ask for by the parameters of their constructors. */
class DependenciesTest {

  @TempDir Path directory;

  /** Types of the user's, some of them named like others that generated code mentions. */
  private static final List<JavaFileObject> TYPES =
      List.of(
          source(
              "app.Mark",
              "package app;",
              "import java.lang.annotation.*;",
              "@Target(ElementType.TYPE_USE) @interface Mark {}"),
          source(
              "app.Outer",
              "package app;",
              "class Outer<T> { class Inner {} static class Nested {} }"),
          source("app.Migrations2", "package app;", "class Migrations2 {}"),
          source("app.Dependencies", "package app;", "interface Dependencies {}"),
          source("app.Integer", "package app;", "class Integer {}"),
          source("app.Objects", "package app;", "class Objects {}"),
          source("app.Old", "package app;", "@Deprecated(forRemoval = true) class Old {}"),
          source("other.Migrations", "package other;", "public class Migrations {}"));

  @Test
  void processor_migrationsWithParameters_generateExactlyThisText() {
    Compilation compilation = compile(resource("good/dependencies/Dependent.java"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.db.Migrations"))
        .isEqualTo(contentOf(resource("expected/dependencies/Migrations.java")));
  }

  @Test
  void dependencies_ofARun_areAskedWhenTheirMigrationIsCreated() throws Exception {
    Compilation compilation =
        compile(
            resource("good/dependencies/Dependent.java"),
            resource("good/dependencies/Program.java"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.db.Program").print("jdbc:h2:mem:"))
        .isEqualTo(
            """
            status
            plan
            clock
            schemaName
            up 002 of [sales]
            limits
            clock
            up 004 of [3, 4]
            """);
  }

  @Test
  void dependencies_missingInTheCaller_areErrorsOfTheCompiler() {
    Compilation compilation =
        compile(
            asking("app.A", "java.time.Clock clock"),
            source(
                "app.User",
                "package app;",
                "class User {",
                "  Object use(org.jdbi.v3.core.Jdbi jdbi) { return Migrations.runner(jdbi); }",
                "  record None() implements Migrations.Dependencies {}",
                "}"));

    assertThat(errors(compilation))
        .hasSize(2)
        .anyMatch(error -> error.startsWith("User.java:3:61: method runner in class"))
        .anyMatch(
            error ->
                error.startsWith(
                    "User.java:4:3: app.User.None is not abstract and does not override abstract"
                        + " method clock()"));
  }

  @Test
  void registry_nullForDependencies_isRefusedAtOnce() throws Exception {
    Compilation compilation =
        compile(
            asking("app.A", "int size"),
            source(
                "app.Program",
                "package app;",
                "public class Program {",
                "  public static void main(String... arguments) {",
                "    try { Migrations.registry(null); }",
                "    catch (NullPointerException e) { System.out.print(e.getMessage()); }",
                "  }",
                "}"));

    assertThat(new LoadedMigrations(compilation, "app.Program").print()).isEqualTo("dependencies");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          int size | int size();
          long[][] sizes | long[][] sizes();
          String... names | String[] names();
          java.util.Map<String, ? super java.util.List<?>> map | Map<String, ? super List<?>> map();
          java.util.List list | List list();
          final @Mark String marked | String marked();
          java.util.@Mark List<@Mark String> @Mark [] lists | List<String>[] lists();
          Outer<String>.Inner inner | Outer<String>.Inner inner();
          Outer.Nested nested | Outer.Nested nested();
          Migrations2 own | Migrations2 own();
          Dependencies dependencies | app.Dependencies dependencies();
          Integer own | Integer own();
          java.lang.Integer theirs | java.lang.Integer theirs();
          java.util.Map.Entry<String, Integer> entry | Map.Entry<String, Integer> entry();
          java.util.Objects objects | java.util.Objects objects();
          Objects objects | Objects objects();
          other.Migrations migrations | other.Migrations migrations();
          org.jdbi.v3.core.Jdbi jdbi | Jdbi jdbi();
          Old old | Old old();
          """)
  void dependencies_ofEachKindOfType_compileWithoutWarnings(String parameter, String method) {
    Compilation compilation =
        compile(
            STRICT, Stream.concat(TYPES.stream(), Stream.of(asking("app.A", parameter))).toList());

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).contains("    " + method + "\n");
  }

  @Test
  void dependencies_ofTheSameNameAndType_areOneMethod() {
    Compilation compilation =
        compile(
            asking("app.A", "001_a", "java.time.Clock clock, String name"),
            asking("app.B", "002_b", "String name, java.time.Clock clock"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains("Needed by 001_a, 002_b.", "new A(dependencies.clock(), dependencies.name())")
        .contains("new B(dependencies.name(), dependencies.clock())")
        .containsOnlyOnce("Clock clock();")
        .containsOnlyOnce("String name();");
  }

  @Test
  void dependencies_ofOneNameAndTwoTypes_areReportedOnEachParty() {
    String message =
        "[Dependencies] @Migration parameter \"clock\" must have the same type in all migrations of"
            + " a module, since Dependencies has one method for each name; found \"java.time.Clock\""
            + " (app.A), \"long\" (app.B). Give one of them another name, or all the same type.";

    assertThat(
            errors(
                compile(
                    asking("app.A", "001_a", "java.time.Clock clock"),
                    asking("app.B", "002_b", "long clock"),
                    asking("app.C", "003_c", "long size"))))
        .containsExactly("A.java:4:63: " + message, "B.java:4:52: " + message);
  }

  @Test
  void dependencies_ofRecords_areReportedAtTheirComponents() {
    assertThat(
            errors(
                compile(
                    choosing("app.A", "001_a", "record A(int size, int wait)", ""),
                    choosing("app.B", "002_b", "record B(int size, int wait)", "B {}"))))
        .satisfiesExactly(
            a -> assertThat(a).startsWith("A.java:3:24: [Dependencies]"),
            b -> assertThat(b).startsWith("B.java:").contains("[Dependencies]"));
  }

  @Test
  void dependencies_outOfReachOfMigrations_areReported() {
    Compilation compilation =
        compile(
            module("app"),
            source(
                "app.db.A",
                "package app.db;",
                "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
                "public class A implements dev.kysera.migrations.JdbiMigration {",
                "  public A(Names names) {}",
                "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                "}",
                "interface Names {}"));

    assertThat(errors(compilation))
        .containsExactly(
            "A.java:4:18: [Dependencies] @Migration class app.db.A must ask for types that"
                + " app.Migrations can reach; found parameter \"names\" of class app.db.Names, which"
                + " is in another package and not \"public\". Add that modifier.");
  }

  @Test
  void constructor_ofSeveral_isTheOneWithoutArgumentsOrThatOfTheComponents() {
    Compilation compilation =
        compile(
            choosing("app.A", "001_a", "class A", "A(int size) {} A() {}"),
            choosing("app.B", "002_b", "class B", "B(int size) {} private B() {}"),
            choosing("app.C", "003_c", "record C(int size)", "C(long size) { this(1); }"),
            choosing("app.D", "004_d", "record D(int size)", "D { size++; } D() { this(1); }"),
            choosing(
                "app.E", "005_e", "record E(int length)", "E(int length) { this.length = 1; }"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains(
            "new A();",
            "new B(dependencies.size());",
            "new C(dependencies.size());",
            "new D();",
            "new E(dependencies.length());");
  }

  @ParameterizedTest
  @ValueSource(strings = {"app.Later", "java.util.List<? extends app.Later[]>"})
  void processor_parameterTypeGeneratedByAnother_waits(String type) {
    Compilation compilation =
        compile(
            STRICT,
            List.of(
                asking("app.A", type + " later"),
                source(
                    "app.User",
                    "package app;",
                    "import app.Migrations.Dependencies;",
                    "class User { Dependencies dependencies; }")),
            new MigrationProcessor(),
            new GeneratingProcessor("app.Later", "package app; public class Later {}"));

    assertThat(errors(compilation)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1-a\"", "value = \"001_a\", estimatedMillis = -1"})
  void users_ofAnInvalidMigrationThatNeedsSomething_haveNoErrorsOfTheirOwn(String values) {
    Compilation compilation =
        compile(
            List.of("-XDshould-stop.ifError=FLOW"),
            List.of(
                source(
                    "app.A",
                    "package app;",
                    "@dev.kysera.migrations.annotation.Migration(%s)".formatted(values),
                    "record A(java.time.Clock clock) implements dev.kysera.migrations.JdbiMigration {",
                    "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                    "}"),
                source(
                    "app.User",
                    "package app;",
                    "record User(@Override java.time.Clock clock)"
                        + " implements Migrations.Dependencies {}")));

    assertThat(errors(compilation)).singleElement().asString().startsWith("A.java:2:");
  }

  @ParameterizedTest
  @ValueSource(ints = {999, 1000, 2001})
  void processor_manyMigrations_handTheDependenciesOn(int size) throws Exception {
    List<JavaFileObject> sources = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      sources.add(asking("app.M" + i, "%05d_m".formatted(i), "int size"));
    }
    sources.add(
        source(
            "app.Program",
            "package app;",
            "public class Program {",
            "  public static void main(String... arguments) {",
            "    Migrations.runner(",
            "        org.jdbi.v3.core.Jdbi.create(\"jdbc:h2:mem:\"),",
            "        dev.kysera.migrations.MigrationOptions.defaults(),",
            "        () -> 7);",
            "    System.out.print(Migrations.registry(() -> 7).size());",
            "  }",
            "}"));
    Compilation compilation = compile(STRICT, sources);

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.Program").print()).isEqualTo("" + size);
    assertThat(generated(compilation, "app.Migrations"))
        .contains("00008_m, 00009_m and %d more.".formatted(size - 10));
  }

  @ParameterizedTest
  @CsvSource({"size, no size", "constructor, no constructor"})
  void run_whenADependencyOrAConstructorThrows_failsAsThatMigration(String which, String cause)
      throws Exception {
    Compilation compilation =
        compile(
            source(
                "app.A",
                "package app;",
                "@dev.kysera.migrations.annotation.Migration(\"001_a\")",
                "class A implements dev.kysera.migrations.JdbiMigration {",
                "  A(String size) { throw new IllegalStateException(size); }",
                "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
                "}"),
            source(
                "app.Program",
                "package app;",
                "import dev.kysera.migrations.*;",
                "import org.jdbi.v3.core.*;",
                "public record Program(String which) implements Migrations.Dependencies {",
                "  @Override public String size() {",
                "    if (which.equals(\"size\")) { throw new LinkageError(\"no size\"); }",
                "    return \"no constructor\";",
                "  }",
                "  public static void main(String... arguments) {",
                "    try (Handle handle = Jdbi.open(\"jdbc:h2:mem:\")) {",
                "      Jdbi jdbi = Jdbi.create(handle.getConnection());",
                "      MigrationOptions options =",
                "          MigrationOptions.builder().logger(line -> {}).build();",
                "      MigrationRunner runner =",
                "          Migrations.runner(jdbi, options, new Program(arguments[0]));",
                "      try { runner.up(); }",
                "      catch (MigrationFailedException e) {",
                "        System.out.print(e.name() + \": \" + e.getCause().getMessage());",
                "      }",
                "      System.out.print(runner.executedMigrations());",
                "    }",
                "  }",
                "}"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(new LoadedMigrations(compilation, "app.Program").print(which))
        .isEqualTo("001_a: " + cause + "[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-g", "-parameters"})
  void parameters_ofAClassFileThatHasTheirNames_areKept(String option) throws IOException {
    OutputDirectory output = new OutputDirectory(directory);
    output.add(
        compile(List.of(option), List.of(asking("app.A", "long size, java.time.Clock clock"))));

    assertThat(output.compileInto(asking("app.B", "002_b", "int b"))).isEmpty();
    assertThat(directory.resolve("app/Migrations.java"))
        .content()
        .contains("new A(dependencies.size(), dependencies.clock());");
  }

  @Test
  void parameters_ofARecordInAClassFile_areKept() throws IOException {
    OutputDirectory output = new OutputDirectory(directory);
    output.add(
        compile(List.of(), List.of(choosing("app.A", "001_a", "record A(long[] sizes)", ""))));

    assertThat(output.compileInto(asking("app.B", "002_b", "int b"))).isEmpty();
    assertThat(directory.resolve("app/Migrations.java"))
        .content()
        .contains("new A(dependencies.sizes());");
  }

  @Test
  void parameters_ofAClassFileWithoutTheirNames_areThoseOfTheFormerRegistry() throws IOException {
    OutputDirectory output = new OutputDirectory(directory);
    output.add(compile(List.of(), List.of(asking("app.A", "long größe, int b"))));

    assertThat(output.compileInto(asking("app.B", "002_b", "int b"))).isEmpty();
    assertThat(directory.resolve("app/Migrations.java"))
        .content()
        .contains("new A(dependencies.größe(), dependencies.b());");
  }

  @Test
  void parameters_thatNothingNames_areReported() throws IOException {
    OutputDirectory output = new OutputDirectory(directory);
    output.add(compile(List.of(), List.of(asking("app.A", "long size"))));
    Files.delete(directory.resolve("app/Migrations.class"));

    assertThat(output.compileInto(asking("app.B", "002_b", "int b")))
        .containsExactly(
            "[Dependencies] @Migration class app.A must tell the names of its constructor's"
                + " parameters, since it gets them by name; found a class file without them."
                + " Compile its source too, or all with the option -parameters.");
  }

  @Test
  void parameters_calledLikeUnknownOnes_areTakenFromASource() {
    Compilation compilation = compile(asking("app.A", "int arg0, int arg1"));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations"))
        .contains("new A(dependencies.arg0(), dependencies.arg1());");
  }

  /** The whole text of a migration with a constructor on line 4. */
  private static JavaFileObject asking(String className, String parameters) {
    return asking(className, "001_a", parameters);
  }

  private static JavaFileObject asking(String className, String name, String parameters) {
    String simpleName = className.substring(className.lastIndexOf('.') + 1);
    return source(
        className,
        "package %s;".formatted(className.substring(0, className.lastIndexOf('.'))),
        "@dev.kysera.migrations.annotation.Migration(\"%s\")".formatted(name),
        "class %s implements dev.kysera.migrations.JdbiMigration {".formatted(simpleName),
        " @SuppressWarnings({\"removal\", \"rawtypes\"}) %s(%s) {}"
            .formatted(simpleName, parameters),
        "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
        "}");
  }

  private static JavaFileObject choosing(
      String className, String name, String head, String constructors) {
    return source(
        className,
        "package app;",
        "@dev.kysera.migrations.annotation.Migration(\"%s\")".formatted(name),
        head + " implements dev.kysera.migrations.JdbiMigration {",
        constructors,
        "  @Override public void up(org.jdbi.v3.core.Handle handle) {}",
        "}");
  }
}
