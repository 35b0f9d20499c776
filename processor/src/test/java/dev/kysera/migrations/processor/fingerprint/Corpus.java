package dev.kysera.migrations.processor.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Migrations that are written in every manner there is. */
final class Corpus {

  static final String PACKAGE = "formatted";

  private Corpus() {}

  /** A file without a place on a disk. */
  static final class Source extends SimpleJavaFileObject {

    private final String text;

    /** Names the file by its place below the roots of sources, without its extension. */
    Source(String name, String text) {
      super(URI.create("mem:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    String text() {
      return text;
    }
  }

  static List<Source> sources() {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(Corpus::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory() {
    try {
      return Path.of(Corpus.class.getResource("/" + PACKAGE).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Source read(Path file) {
    try {
      String name = file.getFileName().toString();
      return new Source(
          PACKAGE + "/" + name.substring(0, name.indexOf('.')), Files.readString(file, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JavaFileObject changed(Source source, String text) {
    String name = source.toUri().getPath();
    return new Source(name.substring(1, name.lastIndexOf('.')), text);
  }
}
