package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.STRICT;
import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.generated;
import static dev.kysera.migrations.processor.Compilations.source;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.kysera.migrations.MigrationDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions that try to leave their literal. */
class StringLiteralTest {

  private static final List<String> CORPUS =
      List.of(
          "plain",
          "say \"users\"",
          "back\\slash",
          "ends with \\",
          "\\\\\\",
          "\\\"",
          "\\u0022",
          "\\\\u0022",
          "\\uuu0022 + evil() + \\uuu0022",
          "\\u000a",
          "\\u00e9",
          "\\\u00e9",
          "line\nfeed\r\nreturn\rtab\t",
          "\u0000\u0001\b\f\u001a\u001b\u007f\u0085",
          "\u001a",
          "*/ } evil(); /*",
          "\\u002a/",
          "// $T $L $S $$ $> $<",
          "%s %n {0}",
          "\"\"\" text block \"\"\"",
          "\u00fcml\u00e4ut \u65e5\u672c\u8a9e",
          "emoji \ud83d\ude80",
          "high \ud800 alone",
          "high \ud83d" + "\\u0023 before a backslash",
          "high \ud83d" + "\\134 before a number",
          "low \udc00 alone",
          "\udc00\ud800",
          "\u2028\u2029\u202e\ufeff\uffff",
          " ",
          "ends with a space ",
          " begins with one",
          "\n");

  @Test
  void of_ordinaryText_isReadable() {
    assertThat(StringLiteral.of("Users' table (v2), 100 % new"))
        .isEqualTo("\"Users' table (v2), 100 % new\"");
  }

  @Test
  void of_specialCharacters_areEscaped() {
    assertThat(StringLiteral.of("\"\\u0022\n\u0001\u00e9"))
        .isEqualTo("\"\\\"\\\\u0022\\n\\u0001\\u00e9\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, RegistryPart.SIZE})
  void description_ofAnyText_survivesTheCompiler(int atLeast) throws Exception {
    List<String> descriptions = new ArrayList<>(CORPUS);
    descriptions.add(
        IntStream.range(0, 0x180).mapToObj(c -> String.valueOf((char) c)).collect(joining()));
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      descriptions.add(randomText(random));
    }
    while (descriptions.size() < atLeast) {
      descriptions.add("Plain text " + descriptions.size());
    }

    Compilation compilation = compile(STRICT, List.of(migrationsWith(descriptions)));

    assertThat(errors(compilation)).isEmpty();
    assertThat(generated(compilation, "app.Migrations")).matches("[\\x0a\\x20-\\x7e]*");
    assertThat(new LoadedMigrations(compilation, "app.Migrations").definitions())
        .extracting(MigrationDefinition::description)
        .containsExactlyElementsOf(descriptions);
  }

  /** Writes every character as a Unicode escape of its own or an octal one, not by our encoder. */
  private static JavaFileObject migrationsWith(List<String> descriptions) {
    List<String> lines = new ArrayList<>();
    lines.add("package app;");
    lines.add("class Group {");
    for (int i = 0; i < descriptions.size(); i++) {
      String literal =
          descriptions
              .get(i)
              .chars()
              .mapToObj(c -> c < 0x80 ? "\\%03o".formatted(c) : "\\u%04x".formatted(c))
              .collect(joining("", "\"", "\""));
      lines.add(
          "  @dev.kysera.migrations.annotation.Migration(value = \"%04d_x\", description = %s)"
              .formatted(i, literal));
      lines.add("  static class M%d implements dev.kysera.migrations.JdbiMigration {".formatted(i));
      lines.add("    @Override public void up(org.jdbi.v3.core.Handle handle) {}");
      lines.add("  }");
    }
    lines.add("}");
    return source("app.Group", lines.toArray(String[]::new));
  }

  private static String randomText(Random random) {
    String alphabet = "\\\"u0023*/ \n\r'a\u00e9\ud83d\ude80$%\u0000";
    StringBuilder text = new StringBuilder("x");
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
