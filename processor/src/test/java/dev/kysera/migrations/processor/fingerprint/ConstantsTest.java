package dev.kysera.migrations.processor.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Constants of other classes count by their values where a migration names them, however it does.
 */
class ConstantsTest {

  private static final String MIGRATION =
      """
      package app;

      import static app.names.Single.SINGLE;
      import static app.names.Single.ImportedType;
      import static app.names.OnDemand.*;

      import app.names.Imported;
      import app.names.more.*;
      import dev.kysera.migrations.JdbiMigration;
      import dev.kysera.migrations.annotation.Migration;
      import org.jdbi.v3.core.Handle;

      class Outer extends Above {
        static final String AROUND = "around";

        @Migration("001_a")
        static final class A extends Base implements JdbiMigration, Shape {
          static final String OWN = "own", OF_ANOTHER = Chain.SECOND;

          static class Inner { static final String IN_INNER = "in inner"; }

          static class Extending extends InnerBase { String s = FROM_INNER_BASE; }

          record Implementing() implements app.names.InnerShape { static long l = FROM_INNER_SHAPE; }

          @SuppressWarnings(Annotated.VALUE)
          public void up(Handle handle) {
            handle.execute(SINGLE + ON_DEMAND + Imported.IMPORTED + Nearby.NEARBY + InMore.IN_MORE);
            handle.execute("" + app.names.Qualified.Nested.QUALIFIED + Imported.Nested.NESTED);
            handle.execute(BASE + SHAPE + AROUND + ABOVE + ImportedType.VIA_TYPE + OnDemandType.VIA_DEMAND);
            handle.execute(this.THIS + super.SUPER + A.super.OUTER_SUPER + InBase.IN_BASE + Heir.INHERITED);
            handle.execute(Kinds.CHAR + "" + Kinds.LONG + Kinds.BOOLEAN + Kinds.DOUBLE + Kinds.FLOAT + Kinds.BYTE);
            handle.execute(\"""
                text \""" + Kinds.BLOCK + PRIVATE);
            switch (handle.hashCode()) { case Kinds.LABEL: case Kinds.CHAR: break; default: }
            new AnonymousBase<String>(1) { String s = FROM_ANONYMOUS_BASE; };
            class Local extends LocalBase { String s = FROM_LOCAL_BASE; }
            handle.execute(Nearby.NEARBY.trim() + Kinds.NOT_CONSTANT + new Local().s);
          }

          public void down(Handle handle) {
            handle.execute(OWN + Inner.IN_INNER + A.OWN + DownOnly.DOWN + Both.BOTH + OF_ANOTHER);
          }

          String both = Both.BOTH;
        }
      }

      class Above { static final String ABOVE = "above"; }
      class Base {
        static final String BASE = "base", THIS = "this", SUPER = "super", OUTER_SUPER = "outer super";
        private static final String PRIVATE = "private";
        static class InBase { static final String IN_BASE = "in base"; }
      }
      interface Shape { String SHAPE = "shape"; }
      class InnerBase { static final String FROM_INNER_BASE = "inner base"; }
      class LocalBase { static final String FROM_LOCAL_BASE = "local base"; }
      class AnonymousBase<T> { static final String FROM_ANONYMOUS_BASE = "anonymous base"; AnonymousBase(int i) {} }
      class Heir extends HeirBase {}
      class HeirBase { static final String INHERITED = "inherited"; }
      class Nearby { static final String NEARBY = "nearby", UNUSED = "unused"; }
      class Annotated { static final String VALUE = "unused"; }
      class Chain { static final String FIRST = "first", SECOND = FIRST + "!"; }
      class DownOnly { static final String DOWN = "down only"; }
      class Both { static final String BOTH = "both"; }
      class Kinds {
        static final char CHAR = 'c';
        static final long LONG = 100L;
        static final boolean BOOLEAN = true;
        static final double DOUBLE = 0.25;
        static final float FLOAT = 1.5f;
        static final byte BYTE = 7;
        static final int LABEL = 12;
        static final String BLOCK = \"""
            block
            \""";
        static final Object NOT_CONSTANT = "no constant".length();
        static String method() { return "method"; }
      }
      """;

  private static final List<String> OTHERS =
      List.of(
          "app.names.Single: public class Single { public static final String SINGLE = \"single\";"
              + " public static class ImportedType { public static final int VIA_TYPE = 41; } }",
          "app.names.OnDemand: public class OnDemand {"
              + " public static final String ON_DEMAND = \"on demand\", PRIVATE = \"not private\";"
              + " public static class OnDemandType { public static final int VIA_DEMAND = 42; } }",
          "app.names.Imported: public class Imported {"
              + " public static final String IMPORTED = \"imported\";"
              + " public interface Nested { int NESTED = 43; } }",
          "app.names.more.InMore: public class InMore { public static final int IN_MORE = 44; }",
          "app.names.InnerShape: public interface InnerShape { long FROM_INNER_SHAPE = 45; }",
          "app.names.Qualified: public class Qualified { public static class Nested {"
              + " public static final int QUALIFIED = 46; } }");

  private static SourceFingerprints fingerprints(String from, String to) {
    List<Corpus.Source> sources = new ArrayList<>();
    sources.add(new Corpus.Source("app/Outer", MIGRATION.replace(from, to)));
    for (String other : OTHERS) {
      String name = other.substring(0, other.indexOf(':'));
      sources.add(
          new Corpus.Source(
              name.replace('.', '/'),
              "package "
                  + name.substring(0, name.lastIndexOf('.'))
                  + ";"
                  + other.substring(other.indexOf(':') + 1).replace(from, to)));
    }
    assertThat(sources.stream().map(Corpus.Source::text).anyMatch(text -> text.contains(to)))
        .isTrue();
    CompiledMigrations compiled = CompiledMigrations.of(sources);
    assertThat(compiled.errors()).isEmpty();
    return compiled.fingerprints().get("app.Outer.A");
  }

  private static final SourceFingerprints ORIGINAL = fingerprints("\"", "\"");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          up   | SINGLE = "single"
          up   | ON_DEMAND = "on demand"
          up   | IMPORTED = "imported"
          up   | NEARBY = "nearby"
          none | UNUSED = "unused"
          up   | VALUE = "unused"
          up   | IN_MORE = 44
          up   | QUALIFIED = 46
          up   | NESTED = 43
          up   | BASE = "base"
          up   | SHAPE = "shape"
          up   | AROUND = "around"
          up   | ABOVE = "above"
          up   | VIA_TYPE = 41
          up   | VIA_DEMAND = 42
          up   | THIS = "this"
          up   | SUPER = "super"
          up   | OUTER_SUPER = "outer super"
          up   | IN_BASE = "in base"
          up   | INHERITED = "inherited"
          up   | CHAR = 'c'
          up   | LONG = 100L
          up   | BOOLEAN = true
          up   | DOUBLE = 0.25
          up   | FLOAT = 1.5f
          up   | BYTE = 7
          up   | LABEL = 12
          up   | block
          up   | FROM_ANONYMOUS_BASE = "anonymous base"
          up   | FROM_LOCAL_BASE = "local base"
          up   | FROM_INNER_BASE = "inner base"
          up   | FROM_INNER_SHAPE = 45
          none | PRIVATE = "private"
          up   | PRIVATE = "not private"
          none | NOT_CONSTANT = "no constant".length()
          none | return "method"
          up   | OWN = "own"
          up   | IN_INNER = "in inner"
          up   | FIRST = "first"
          down | DOWN = "down only"
          both | BOTH = "both"
          """)
  void value_changed_isAnEditOfWhatNamesIt(String expected, String constant) {
    int value = constant.indexOf('=') + 2;
    String changed =
        constant.substring(0, value)
            + constant
                .substring(value)
                .replace("true", "false")
                .replace("'c'", "'d'")
                .replaceFirst("\"(?=\\w)", "\"x")
                .replaceFirst("^(?=\\d)", "1")
                .replaceFirst("ck$", "cks");
    assertThat(changed).isNotEqualTo(constant);

    SourceFingerprints edited = fingerprints(constant, changed);

    boolean up = !edited.up().equals(ORIGINAL.up());
    boolean down = !edited.down().equals(ORIGINAL.down());
    assertThat(up ? down ? "both" : "up" : down ? "down" : "none").isEqualTo(expected);
  }
}
