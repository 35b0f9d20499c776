package formatted;
import dev.kysera.migrations.*;
import org.jdbi.v3.core.*;
@dev.kysera.migrations.annotation.Migration("016_empty") final class Empty implements JdbiMigration { ; public void up(Handle handle) { ; } ; ; public void down(Handle handle) {} ; }
