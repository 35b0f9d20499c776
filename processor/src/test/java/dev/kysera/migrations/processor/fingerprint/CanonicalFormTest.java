package dev.kysera.migrations.processor.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalFormTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          final @A static @B(x = {1}) public int i  | @ A @ B ( x = { 1 } ) final public static int i
          public static @interface A { }            | public static @ interface A { }
          static non-sealed public class A          | non-sealed public static class A
          abstract sealed public interface A        | abstract public sealed interface A
          a = non-sealed;                           | a = non-sealed ;
          "a" + "b" + c + "d" + "e".trim()          | ab + c + d + e . trim ( )
          "a" + "b" + "c" + 'd'                     | abc + d
          int[] a = {1, 2,};                        | int [ ] a = { 1 , 2 }
          enum E { A, B,; int i; }                  | enum E { A , B ; int i }
          enum E { A; }                             | enum E { A }
          class A {; int i;; void f() {}; }         | class A { int i ; void f ( ) { } }
          for (;;) { f(); }                         | for ( ; ) { f ( ) }
          for (a;;) f();                            | for ( a ; ) f ( ) ;
          for (;a;) f();                            | for ( ; a ; ) f ( ) ;
          for (;;a) f();                            | for ( ; a ) f ( ) ;
          if (a) ; else { }                         | if ( a ) ; else { }
          """)
  void of_whatAFormatterChooses_isOneForm(String source, String form) {
    assertThat(
            CanonicalForm.of(JavaLexer.tokensOf(source)).stream()
                .map(Token::text)
                .collect(Collectors.joining(" ")))
        .isEqualTo(form);
  }

  /** A recursion would overflow the stack, and a search for each bracket would take minutes. */
  @Test
  void find_inALongAndDeepFile_takesOnePass() {
    String deep = "(".repeat(200_000) + "1" + ")".repeat(200_000);
    String classes =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "static class C" + i + " { void down(Handle handle) { f(" + i + "); } }")
            .collect(Collectors.joining("\n"));
    SourceFile file = SourceFile.of("class A { Object o = " + deep + ";\n" + classes + "}");

    for (int i = 0; i < 5_000; i += 100) {
      ClassSource found = file.find(List.of("A", "C" + i)).orElseThrow();
      assertThat(found.parts().down()).hasSize(13).contains(new Token(Token.Kind.NUMBER, "" + i));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          class A {
          class A { void down(
          class A { void down(Handle handle
          class A { void down(Handle handle) {
          class A { int[] a = {
          @Migration( class A { }
          class A { } }
          """)
  void find_inAFileThatDoesNotEnd_isSomething(String source) {
    assertThat(SourceFile.of(source).find(List.of("A")).map(ClassSource::parts))
        .satisfiesAnyOf(
            found -> assertThat(found).isEmpty(),
            found -> assertThat(found.orElseThrow().rest()).isNotEmpty());
  }
}
