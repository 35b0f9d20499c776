package dev.kysera.migrations.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.annotation.Migration;
import dev.kysera.migrations.annotation.internal.SumFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page about what the compiler knows: what it shows as printed is what javac prints, each error
 * is mended by the edit behind it, and no error is left out.
 *
 * <p>Each heading of level 3 begins with the files that stand between the heading of level 2 and
 * the first of level 3, and has its own. A block in Java or with a path above it is a file; one
 * that begins with {@code $} is a session; one in sh are commands whose output is not shown; a diff
 * is an edit. What stands behind the last error mends it. The page as it should be is written into
 * {@code target}.
 */
class CompilerPageTest {

  private static final Path PAGE = Path.of("..", "docs", "what-your-compiler-knows.md");
  private static final Path ACTUAL = Path.of("target", "what-your-compiler-knows.md");
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^(#{2,3}) (.*?)$|(?:^`([\\w./-]+)`\n\n)?^```(\\w*)\n(.*?)^```$");
  private static final Pattern TYPE = Pattern.compile("(?:class|record|enum|interface) (\\w+)");
  private static final Pattern TAG = Pattern.compile("\\[([A-Z][A-Za-z]+)\\] @Migration");

  private static final Locale LOCALE = Locale.getDefault();

  @BeforeAll
  static void speakEnglish() {
    Locale.setDefault(Locale.ENGLISH);
  }

  @AfterAll
  static void speakAsBefore() {
    Locale.setDefault(LOCALE);
  }

  @TempDir private Path directory;

  /** What is above every file in Java that has no package of its own. */
  private String header = "";

  /** The files of all sections below a heading of level 2, or of one section. */
  private final Map<String, String> base = new LinkedHashMap<>();

  private PageProject project;
  private String section = "";
  private boolean inSection;
  private String compilation = "";
  private boolean wasRefused;
  private boolean wasEdited;
  private int mended;

  @Test
  void errors_areWhatTheCompilerPrints_andAreMendedAsShown() throws Exception {
    String page = Files.readString(PAGE);
    StringBuilder actual = new StringBuilder();
    Matcher matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      if (matcher.group(1) != null) {
        demandMended();
        begin(matcher.group(1), matcher.group(2));
      } else {
        String shown = matcher.group(5);
        String now = block(matcher.group(3), matcher.group(4), shown);
        matcher.appendReplacement(
            actual,
            Matcher.quoteReplacement(
                page.substring(matcher.start(), matcher.start(5)) + now + "```"));
      }
    }
    demandMended();
    matcher.appendTail(actual);
    Files.writeString(ACTUAL, actual);

    assertThat(mended).isGreaterThan(25);
    assertThat(page).isEqualTo(actual.toString());
  }

  private void begin(String level, String title) throws Exception {
    if (level.length() == 2) {
      base.clear();
    }
    section = title;
    inSection = level.length() == 3;
    project = new PageProject(directory.resolve(title.replace(' ', '-')));
    wasRefused = false;
    for (Map.Entry<String, String> file : base.entrySet()) {
      project.write(file.getKey(), file.getValue());
    }
    if (!base.isEmpty()) {
      project.release();
    }
  }

  /** Returns what belongs into the block. */
  private String block(String path, String language, String shown) throws Exception {
    if (shown.startsWith("$ ")) {
      return session(shown);
    }
    switch (language) {
      case "java":
        file(path == null ? pathOf(shown) : path, shown);
        return shown;
      case "diff":
        edit(shown);
        return shown;
      case "sh":
        for (String command : shown.lines().toList()) {
          project.call(command);
        }
        wasEdited = true;
        return shown;
      default:
        return SumFile.DEFAULT_NAME.equals(path) ? sum() : shown;
    }
  }

  private void file(String path, String shown) throws IOException {
    if (header.isEmpty()) {
      header = shown + "\n";
      return;
    }
    boolean whole = Pattern.compile("^package ", Pattern.MULTILINE).matcher(shown).find();
    String text = whole ? shown : header + shown;
    project.write(path, text);
    wasEdited = true;
    if (!inSection) {
      base.put(path, text);
    }
  }

  private static String pathOf(String shown) {
    Matcher type = TYPE.matcher(shown);
    return type.find() ? "app/" + type.group(1) + ".java" : "app/package-info.java";
  }

  private String sum() throws Exception {
    project.call("app-db sum update");
    String text = project.read(SumFile.DEFAULT_NAME);
    base.put(SumFile.DEFAULT_NAME, text);
    return text;
  }

  private String session(String shown) throws Exception {
    if (shown.startsWith("$ git merge ")) {
      List<String> added =
          project.files().stream().filter(file -> !base.containsKey(file)).toList();
      project.branch(added.get(1), added.get(0));
    }
    StringBuilder actual = new StringBuilder();
    for (String line : shown.lines().filter(line -> line.startsWith("$ ")).toList()) {
      String command = line.substring(2);
      String printed = project.call(command);
      actual.append(line).append('\n').append(printed);
      if (command.startsWith("javac ")) {
        compilation = command;
        wasRefused = !printed.isEmpty();
        wasEdited = false;
      }
    }
    return actual.toString();
  }

  /** The edit fits one place of one file, or the command. */
  private void edit(String diff) throws IOException {
    StringBuilder from = new StringBuilder();
    StringBuilder to = new StringBuilder();
    for (String line : diff.lines().toList()) {
      if (!line.startsWith("+")) {
        from.append(line.substring(1)).append('\n');
      }
      if (!line.startsWith("-")) {
        to.append(line.substring(1)).append('\n');
      }
    }
    wasEdited = true;
    if (from.toString().equals("$ " + compilation + "\n")) {
      compilation = to.substring(2).strip();
      return;
    }
    List<String> fitting = new ArrayList<>();
    for (String file : project.files()) {
      String text = project.read(file);
      if (("\n" + text).contains("\n" + from)) {
        fitting.add(file);
        assertThat(text.split(Pattern.quote(from.toString()), -1)).as(diff).hasSize(2);
        project.write(file, text.replace(from, to));
      }
    }
    assertThat(fitting).as(diff).hasSize(1);
  }

  private void demandMended() throws Exception {
    if (wasRefused) {
      assertThat(wasEdited).as("an edit behind the output of %s", section).isTrue();
      assertThat(project.call(compilation)).as("%s, mended", section).isEmpty();
      mended++;
    }
    wasRefused = false;
  }

  @Test
  void tags_ofAllMessages_areOnThePage() throws IOException {
    SortedSet<String> tags = new TreeSet<>();
    for (Class<?> module : List.of(MigrationProcessor.class, Migration.class)) {
      tags.addAll(tagsIn(Compilations.classPathOf(module).toPath()));
    }
    String page = Files.readString(PAGE);

    assertThat(tags).contains("NotAClass", "BeforeHead", "SharedNumber").hasSizeGreaterThan(28);
    assertThat(tags)
        .allSatisfy(
            tag ->
                assertThat(page)
                    .satisfiesAnyOf(
                        text -> assertThat(text).contains("\n### " + tag + "\n"),
                        text -> assertThat(text).contains("\n| `" + tag + "` | ")));
  }

  private static SortedSet<String> tagsIn(Path classes) throws IOException {
    if (Files.isDirectory(classes)) {
      return tagsBelow(classes);
    }
    try (FileSystem archive = FileSystems.newFileSystem(classes)) {
      return tagsBelow(archive.getPath("/"));
    }
  }

  private static SortedSet<String> tagsBelow(Path root) throws IOException {
    SortedSet<String> tags = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.toString().endsWith(".class"))
          .map(CompilerPageTest::constants)
          .forEach(text -> TAG.matcher(text).results().forEach(tag -> tags.add(tag.group(1))));
    }
    return tags;
  }

  private static String constants(Path classFile) {
    try {
      return Files.readString(classFile, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
