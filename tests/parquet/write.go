// Writes flow logs as Parquet with parquet-go, in the layout in which AWS delivers them.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

type flow struct {
	Version     *int32  `parquet:"version,optional"`
	AccountID   *string `parquet:"account_id,optional,dict"`
	InterfaceID *string `parquet:"interface_id,optional,dict"`
	Srcaddr     *string `parquet:"srcaddr,optional"`
	Dstaddr     *string `parquet:"dstaddr,optional"`
	Srcport     *int32  `parquet:"srcport,optional"`
	Dstport     *int32  `parquet:"dstport,optional"`
	Protocol    *int32  `parquet:"protocol,optional"`
	Packets     *int64  `parquet:"packets,optional"`
	Bytes       *int64  `parquet:"bytes,optional"`
	Start       *int64  `parquet:"start,optional"`
	End         *int64  `parquet:"end,optional"`
	Action      *string `parquet:"action,optional,dict"`
	LogStatus   *string `parquet:"log_status,optional"`
}

func of[T any](value T) *T { return &value }

var flows = []flow{
	{of(int32(2)), of("123456789010"), of("eni-1235b8ca123456789"), of("192.0.2.10"), of("198.51.100.20"), of(int32(49152)), of(int32(443)), of(int32(6)), of(int64(12)), of(int64(9007199254740993)), of(int64(1732244400)), of(int64(1732244459)), of("ACCEPT"), of("OK")},
	{of(int32(2)), of("123456789010"), of("eni-1235b8ca123456789"), of("2001:db8::7"), of("2001:db8::10"), of(int32(55120)), of(int32(22)), of(int32(6)), of(int64(1)), of(int64(40)), of(int64(1732244400)), of(int64(1732244459)), of("REJECT"), of("OK")},
	{of(int32(2)), of("123456789010"), of("eni-1235b8ca123456789"), nil, nil, nil, nil, nil, nil, nil, of(int64(1732244460)), of(int64(1732244519)), nil, of("NODATA")},
}

func write(name string, codec compress.Codec) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	writer := parquet.NewGenericWriter[flow](file, parquet.Compression(codec))
	if _, err := writer.Write(flows); err != nil {
		return err
	}
	return writer.Close()
}

func main() {
	for name, codec := range map[string]compress.Codec{"snappy": &parquet.Snappy, "gzip": &parquet.Gzip} {
		if err := write(filepath.Join(os.Args[1], "123456789010_vpcflowlogs_us-east-1_fl-1234abcd_20241122T0300Z_go-"+name+".log.parquet"), codec); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
