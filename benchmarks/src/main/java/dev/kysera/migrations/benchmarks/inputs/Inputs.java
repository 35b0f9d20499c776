package dev.kysera.migrations.benchmarks.inputs;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Folders of generated migrations, compiled, ready to be put on a class path. */
public final class Inputs {

  private static final String DONE = "done";
  private static final String PROCESSOR = "dev.kysera.migrations.processor.MigrationProcessor";

  private final Path root;
  private final String compilerClassPath;

  /**
   * Keeps what it generates for the next time.
   *
   * @param root where the folders go
   * @param compilerClassPath what the migrations are compiled with, our processor included
   */
  public Inputs(Path root, String compilerClassPath) {
    this.root = root;
    this.compilerClassPath = compilerClassPath;
  }

  /** Returns a folder with migrations numbered from 1. */
  public Path folder(Form form, int migrations, Body body) throws IOException {
    String name =
        form.name().toLowerCase(Locale.ROOT)
            + "-"
            + migrations
            + "-"
            + Math.min(migrations, body.cheap());
    Path folder = root.resolve(name);
    Path done = root.resolve(name + "." + DONE);
    if (!Files.exists(done)) {
      Path sources = root.resolve(name + "-src");
      write(form.files(migrations, body), folder, sources);
      compile(form, sources, folder);
      Files.createFile(done);
    }
    return folder;
  }

  private static void write(Map<String, String> files, Path folder, Path sources)
      throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path parent = (file.getKey().endsWith(".java") ? sources : folder).resolve(Form.PACKAGE);
      Files.createDirectories(parent);
      Files.writeString(parent.resolve(file.getKey()), file.getValue());
    }
    Files.createDirectories(folder);
  }

  private void compile(Form form, Path sources, Path folder) throws IOException {
    if (!Files.exists(sources)) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> walk = Files.walk(sources)) {
      boolean compiled =
          compiler
              .getTask(
                  output,
                  files,
                  null,
                  options(form, folder),
                  null,
                  files.getJavaFileObjectsFromPaths(
                      walk.filter(p -> p.toString().endsWith(".java")).sorted().toList()))
              .call();
      if (!compiled) {
        throw new IllegalStateException(output.toString());
      }
    }
  }

  private List<String> options(Form form, Path folder) {
    List<String> options = new ArrayList<>(List.of("-nowarn", "-Xlint:none", "-implicit:none"));
    options.addAll(List.of("-cp", compilerClassPath, "-d", folder.toString()));
    options.addAll(form == Form.KYSERA ? List.of("-processor", PROCESSOR) : List.of("-proc:none"));
    return options;
  }
}
