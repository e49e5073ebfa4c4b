using System.Runtime.InteropServices;

namespace Testbed.Compression;

/// <summary>
/// LZ4F_preferences_t of lz4frame.h, with the LZ4F_frameInfo_t that it begins with laid out in place.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Lz4Preferences
{
    public const int Block64KiB = 4;
    public const int BlocksIndependent = 1;

    public int BlockSizeId;
    public int BlockMode;
    public int ContentChecksumFlag;
    public int FrameType;
    public ulong ContentSize;
    public uint DictionaryId;
    public int BlockChecksumFlag;
    public int CompressionLevel;
    public uint AutoFlush;
    public uint FavorDecompressionSpeed;
    public uint Reserved0;
    public uint Reserved1;
    public uint Reserved2;
}
