package dev.kysera.migrations.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script completes in a real bash. */
class CompletionTest {

  @TempDir private Path folder;

  private String completed(String... words) throws Exception {
    Path script = folder.resolve("completion.sh");
    try (Session session = new Session(VerbsTest.THREE).environment(Map.of())) {
      Files.writeString(script, session.call("completion", "app-db").out());
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                """
                source "$0"
                function_name=$(complete -p app-db | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
                COMP_WORDS=(app-db "$@"); COMP_CWORD=$#; COMP_LINE="app-db $*"; COMP_POINT=${#COMP_LINE}
                $function_name 2>/dev/null
                echo "${COMPREPLY[@]}"
                """,
                script.toString()));
    command.addAll(List.of(words));
    return run(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private static String run(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).describedAs(output).isZero();
    return output;
  }

  @Test
  void verbsAndOptions_areCompleted() throws Exception {
    assertThat(completed("")).contains(" up\n").contains(" setup-sql ").contains("create ");
    assertThat(completed("up", "--")).contains("--to").contains("--json").doesNotContain("--yes");
    assertThat(completed("sum", "")).isEqualTo("update\n");
    assertThat(completed("sum", "update", "--")).contains("--accept").contains("--file");
    assertThat(completed("re")).isEqualTo("redo rehearse reset resolve\n");
  }

  @Test
  void aCommandThatIsNone_isRefused() {
    try (Session session = new Session(VerbsTest.THREE)) {
      assertThat(session.call("completion", "rm -rf"))
          .isEqualTo(
              new Session.Output(
                  2,
                  "",
                  "COMMAND must be the name of a command, such as app-db.\nTry: completion"
                      + " --help\n"));
    }
  }
}
