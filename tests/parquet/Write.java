import java.io.IOException;
import java.nio.file.Path;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/** Writes flow logs as Parquet with parquet-java and Avro. */
public class Write {
  static final String NAME = "123456789010_vpcflowlogs_us-east-1_fl-1234abcd_20241122T0300Z_";
  static final String NAMES =
      "version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start end action log_status";
  static final String INTS = " version srcport dstport protocol ";
  static final String LONGS = " packets bytes start end ";
  static final Object[][] FLOWS = {
    {2, "123456789010", "eni-1235b8ca123456789", "192.0.2.10", "198.51.100.20", 49152, 443, 6, 12L, 9007199254740993L, 1732244400L, 1732244459L, "ACCEPT", "OK"},
    {2, "123456789010", "eni-1235b8ca123456789", "2001:db8::7", "2001:db8::10", 55120, 22, 6, 1L, 40L, 1732244400L, 1732244459L, "REJECT", "OK"},
    {2, "123456789010", "eni-1235b8ca123456789", null, null, null, null, null, null, null, 1732244460L, 1732244519L, null, "NODATA"},
  };

  static Schema schema() {
    var fields = SchemaBuilder.record("flow").fields();
    for (String name : NAMES.split(" ")) {
      boolean isInt = INTS.contains(" " + name + " ");
      boolean isLong = LONGS.contains(" " + name + " ");
      fields = isInt ? fields.optionalInt(name) : isLong ? fields.optionalLong(name) : fields.optionalString(name);
    }
    return fields.endRecord();
  }

  static void write(Path file, CompressionCodecName codec, WriterVersion version) throws IOException {
    Schema schema = schema();
    try (var writer =
        AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
            .withSchema(schema)
            .withCompressionCodec(codec)
            .withWriterVersion(version)
            .build()) {
      for (Object[] flow : FLOWS) {
        var row = new GenericData.Record(schema);
        for (int n = 0; n < flow.length; n++) row.put(n, flow[n]);
        writer.write(row);
      }
    }
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    write(folder.resolve(NAME + "java-snappy.log.parquet"), CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0);
    write(folder.resolve(NAME + "java-gzip.log.parquet"), CompressionCodecName.GZIP, WriterVersion.PARQUET_2_0);
  }
}
