package dev.kysera.migrations.processor.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What formatters make of the sources is the same migration. */
class FormattersTest {

  private static final SortedMap<String, SourceFingerprints> ORIGINAL =
      fingerprints(UnaryOperator.identity());

  /** A formatter with the options that its own program has. */
  private enum Formatter {
    GOOGLE {
      @Override
      String format(String source) throws Exception {
        return new com.google.googlejavaformat.java.Formatter().formatSourceAndFixImports(source);
      }
    },
    AOSP {
      @Override
      String format(String source) throws Exception {
        return new com.google.googlejavaformat.java.Formatter(
                JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build())
            .formatSourceAndFixImports(source);
      }
    },
    PALANTIR {
      @Override
      String format(String source) throws Exception {
        return com.palantir.javaformat.java.Formatter.createFormatter(
                com.palantir.javaformat.java.JavaFormatterOptions.builder()
                    .style(com.palantir.javaformat.java.JavaFormatterOptions.Style.PALANTIR)
                    .formatJavadoc(true)
                    .build())
            .formatSourceAndFixImports(source);
      }
    },
    BOTH {
      @Override
      String format(String source) throws Exception {
        return GOOGLE.format(PALANTIR.format(source));
      }
    };

    abstract String format(String source) throws Exception;

    String apply(String source) {
      try {
        return format(source);
      } catch (Exception e) {
        throw new AssertionError(this + " refuses " + source, e);
      }
    }
  }

  private static SortedMap<String, SourceFingerprints> fingerprints(UnaryOperator<String> format) {
    CompiledMigrations compiled =
        CompiledMigrations.of(
            Corpus.sources().stream()
                .map(source -> Corpus.changed(source, format.apply(source.text())))
                .toList());
    assertThat(compiled.errors()).isEmpty();
    return compiled.fingerprints();
  }

  @Test
  void corpus_everyMigration_hasAFingerprintOfItsOwn() {
    assertThat(ORIGINAL).hasSizeGreaterThan(15);
    assertThat(ORIGINAL.values().stream().map(SourceFingerprints::up).distinct())
        .hasSameSizeAs(ORIGINAL.values())
        .allMatch(Optional::isPresent);
  }

  @ParameterizedTest
  @EnumSource
  void format_everySource_leavesTheFingerprints(Formatter formatter) {
    assertThat(fingerprints(formatter::apply)).isEqualTo(ORIGINAL);
  }
}
