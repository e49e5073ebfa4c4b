using System;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Testbed.Compression;

namespace Testbed.Tests.Engine.Compression;

/// <summary>
/// Loads the codecs a second time, as on a machine that has no codec libraries: whatever library they ask
/// for, they get the running program, which has none of the functions.
/// </summary>
public sealed class LoaderWithoutCodecs : AssemblyLoadContext
{
    private static readonly byte[] Sample = [1, 2, 3];

    private readonly Assembly _codecs;

    public LoaderWithoutCodecs() => _codecs = LoadFromAssemblyPath(typeof(Codecs).Assembly.Location);

    private delegate TStatus Packer<TCodec, TBuffer, TStatus>(
        TCodec codec, int? level, ReadOnlySpan<byte> input, TBuffer output);

    private delegate TStatus Unpacker<TCodec, TBuffer, TStatus>(
        TCodec codec, ReadOnlySpan<byte> input, TBuffer output, int maxBytes);

    public string Compress(CompressionCodec codec) => Call(nameof(Codecs.Compress), nameof(RunPacker), codec);

    public string Decompress(CompressionCodec codec) =>
        Call(nameof(Codecs.Decompress), nameof(RunUnpacker), codec);

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        NativeLibrary.GetMainProgramHandle();

    private string Call(string method, string runner, CompressionCodec codec)
    {
        var codecType = _codecs.GetType(typeof(CompressionCodec).FullName!, throwOnError: true)!;
        var bufferType = _codecs.GetType(typeof(ByteBuffer).FullName!, throwOnError: true)!;
        var target = _codecs.GetType(typeof(Codecs).FullName!, throwOnError: true)!.GetMethod(method)!;
        var buffer = Activator.CreateInstance(bufferType, Packing.NewPool())!;
        var run = typeof(LoaderWithoutCodecs).GetMethod(runner, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(codecType, bufferType, target.ReturnType);
        return (string)run.Invoke(null, [target, Enum.ToObject(codecType, (int)codec), buffer])!;
    }

    private static string RunPacker<TCodec, TBuffer, TStatus>(
        MethodInfo target, TCodec codec, TBuffer output) =>
        target.CreateDelegate<Packer<TCodec, TBuffer, TStatus>>()(codec, null, Sample, output)!.ToString()!;

    private static string RunUnpacker<TCodec, TBuffer, TStatus>(
        MethodInfo target, TCodec codec, TBuffer output) =>
        target.CreateDelegate<Unpacker<TCodec, TBuffer, TStatus>>()(codec, Sample, output, 100)!.ToString()!;
}
