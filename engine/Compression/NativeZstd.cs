using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Testbed.Compression;

/// <summary>The functions of zstd.h and zstd_errors.h (libzstd 1.4 or later) that are called.</summary>
internal static unsafe partial class NativeZstd
{
    public const ulong ContentSizeUnknown = ulong.MaxValue;
    public const ulong ContentSizeError = ulong.MaxValue - 1;
    public const int ErrorTargetTooSmall = 70;    // ZSTD_error_dstSize_tooSmall

    /// <summary>Every function below: what a library must have to count as libzstd.</summary>
    public static readonly ImmutableArray<string> Functions =
    [
        "ZSTD_isError", "ZSTD_getErrorCode", "ZSTD_compressBound", "ZSTD_compress", "ZSTD_decompress",
        "ZSTD_getFrameContentSize", "ZSTD_findFrameCompressedSize",
    ];

    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_isError")]
    public static partial uint IsError(nuint code);

    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_getErrorCode")]
    public static partial int ErrorCode(nuint code);

    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_compressBound")]
    public static partial nuint CompressBound(nuint sourceSize);

    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_compress")]
    public static partial nuint Compress(
        byte* target, nuint targetCapacity, byte* source, nuint sourceSize, int level);

    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_decompress")]
    public static partial nuint Decompress(
        byte* target, nuint targetCapacity, byte* source, nuint sourceSize);

    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_getFrameContentSize")]
    public static partial ulong FrameContentSize(byte* source, nuint sourceSize);

    [LibraryImport(NativeLibraries.Zstd, EntryPoint = "ZSTD_findFrameCompressedSize")]
    public static partial nuint FrameCompressedSize(byte* source, nuint sourceSize);
}
