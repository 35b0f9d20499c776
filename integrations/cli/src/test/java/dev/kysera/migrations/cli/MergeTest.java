package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kysera.migrations.MigrationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two branches that add a migration conflict in a real git, and one call mends that. */
class MergeTest {

  @TempDir private Path folder;
  private final Session session = new Session(VerbsTest.THREE).environment(Map.of());
  private Path file;

  @BeforeEach
  void makeARepository() throws Exception {
    session.in(folder);
    file = folder.resolve("migrations.sum");
    git(0, "init", "--quiet", "--initial-branch=main");
    commit("001_create_users");
  }

  @AfterEach
  void end() {
    session.close();
  }

  private void git(int status, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=A", "-c", "user.email=a@example.com", "-C"));
    command.add(folder.toString());
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(git.getInputStream().readAllBytes(), UTF_8);
    assertThat(git.waitFor()).describedAs(output).isEqualTo(status);
  }

  /** The class of a migration differs from that of another, whatever its name. */
  private static MigrationRegistry code(String... names) {
    MigrationRegistry.Builder builder = MigrationRegistry.builder();
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      builder.add(name, handle -> {});
      String slug = name.substring(name.indexOf('_'));
      lines.append("%s 1:%064x -\n".formatted(name, slug.hashCode() & 0xffffffffL));
    }
    return builder.build().withFingerprints(lines.toString());
  }

  private void commit(String... names) throws Exception {
    assertThat(session.with(code(names)).call("sum", "update").status()).isZero();
    git(0, "add", "--all");
    git(0, "commit", "--quiet", "-m", "x");
  }

  private void branchAndMerge(String mine, String theirs) throws Exception {
    git(0, "checkout", "--quiet", "-b", "mine");
    commit("001_create_users", mine);
    git(0, "checkout", "--quiet", "main");
    commit("001_create_users", theirs);
    git(0, "checkout", "--quiet", "mine");
    git(1, "merge", "--quiet", "main");
    assertThat(file).content().contains("<<<<<<<");
  }

  private List<String> listed() throws IOException {
    return Files.readAllLines(file).stream().map(line -> line.split(" ")[0]).toList();
  }

  @Test
  void sameNumber_isResolvedInFavourOfWhoWasFirst() throws Exception {
    branchAndMerge("002_add_names", "002_add_emails");

    session.with(code("001_create_users", "002_add_emails", "003_add_names"));
    assertThat(session.call("sum", "update").err())
        .contains("Next: Take the file of the branch that was first, git checkout --theirs");
    git(0, "checkout", "--theirs", "migrations.sum");
    assertThat(session.call("sum", "update").out()).isEqualTo("appended 003_add_names\n");
    assertThat(listed())
        .containsExactly("001_create_users", "002_add_emails", "003_add_names", "head");
  }

  @Test
  void differentNumbers_conflictToo_andAreMendedByOneCall() throws Exception {
    branchAndMerge("003_add_names", "002_add_emails");

    session.with(code("001_create_users", "002_add_emails", "003_add_names"));
    assertThat(session.call("sum", "update").status()).isZero();
    assertThat(listed())
        .containsExactly("001_create_users", "002_add_emails", "003_add_names", "head");
    assertThat(session.call("sum", "update").err()).startsWith("✅ Nothing to do");
  }

  @Test
  void theOldBaseShown_isMendedToo() throws Exception {
    git(0, "config", "merge.conflictStyle", "diff3");
    differentNumbers_conflictToo_andAreMendedByOneCall();
  }
}
