/* licence
 * of many lines */

package formatted; // the package

// an import
import org.jdbi.v3.core.Handle; // Handle
import dev.kysera.migrations.annotation.*;
import dev.kysera.migrations.*;

/**
 * Javadoc   with {@code class Comments implements Nothing { void down(Handle handle) {} }} and <p>tags
 * and a very long line that a formatter reflows because it does not fit within the hundred columns it has.
 *  @since 1
 */
@Migration /* before the value */ ( /* in it */ "004_comments" // behind it
)
// between the annotation and the class
class /* name */ Comments /* implements */ implements /* what */ JdbiMigration // the end
{ // opening
  // a field
  int a = /* one */ 1 /* one */ ; // behind
  String s = "/* no comment */ // none" /* "no string" */; char quote = '"' /* ' */, apostrophe = '\'', slash = '/';
  /** Javadoc of up. @param handle h */
  @Override /* x */ public /* x */ void /* x */ up /* x */ ( /* x */ Handle /* x */ handle /* x */ ) /* x */ { /* x */
    // to somebody: a comment that is longer than one hundred columns, so that the formatter wraps it into two or more lines of text
    handle . execute ( "a" /* between */ + /* two */ "b" ) ; // c
    /**/ if (/**/ a /* < */ > 0 /**/) /**/ { /**/ return /**/ ; /**/ } /**/ else /* no braces */ a ++ ; // d
    int b = a /*/ tricky /*/ - /***/ - 1; /* // */ b -= 2; // */ */
  } // end of up

  /* nothing */ ; /* empty declarations */ ;

  // before down
  /** Goes back. */ @Override public void down(Handle /* which */ handle) { // down
    handle.execute("c" /* down */); // ;
    /* } */
  } // behind down

  // last
} // after the class
// end of file
