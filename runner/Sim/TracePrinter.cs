using System.IO;
using System.Runtime.ExceptionServices;

namespace Testbed.Runner.Sim;

/// <summary>
/// Prints the lines of a trace. An output that cannot be written ends the run by an exception; the world may
/// take that for a broken promise of its own, so the exception is kept and decides when the run is over.
/// </summary>
internal sealed class TracePrinter(Output output)
{
    private ExceptionDispatchInfo? _failure;

    public void Print(string line)
    {
        ThrowIfFailed();
        try
        {
            output.WriteLine(line);
        }
        catch (IOException error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            throw;
        }
    }

    public void ThrowIfFailed() => _failure?.Throw();
}
