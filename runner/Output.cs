using System;
using System.IO;
using System.Text;
using System.Text.Json;

namespace Testbed.Runner;

/// <summary>
/// Where a command reads and writes: bytes in, bytes out, and text for people. Data go to <see cref="Out"/>,
/// which is buffered; everything else goes to <see cref="Error"/>.
/// </summary>
public sealed class Output : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public Output(Stream input, Stream output, TextWriter error)
    {
        In = input;
        Out = new BufferedStream(output, BufferBytes);
        Error = TextWriter.Synchronized(error);
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Text = new StreamWriter(Out, utf8, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
    }

    public Stream In { get; }

    public Stream Out { get; }

    /// <summary>May be written from any thread.</summary>
    public TextWriter Error { get; }

    /// <summary>
    /// True when the process runs one command and nothing else: then its signals and its thread pool are the
    /// command's. False in tests.
    /// </summary>
    public bool OwnsProcess { get; private init; }

    /// <summary><see cref="Out"/> for text, without a buffer of its own.</summary>
    public TextWriter Text { get; }

    /// <summary>The streams that the process was started with.</summary>
    public static Output Standard() =>
        new(Console.OpenStandardInput(), StandardOutput.Open(), Console.Error) { OwnsProcess = true };

    public void WriteLine(string text)
    {
        Out.Write(Encoding.UTF8.GetBytes(text));
        Out.Write(NewLine);
    }

    /// <summary>One JSON document on a line of its own.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(Out, JsonStyle.Writing))
        {
            write(writer);
        }
        Out.Write(NewLine);
    }

    public void Flush() => Out.Flush();

    public void Dispose()
    {
        Error.Flush();
        try
        {
            Out.Dispose();
        }
        catch (IOException)
        {
            // Who flushed before has heard of it; what is left cannot be written.
        }
    }
}
