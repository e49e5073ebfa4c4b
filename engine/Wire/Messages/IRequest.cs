namespace Testbed.Wire;

/// <summary>A request's body.</summary>
public interface IRequest : IMessage
{
    ApiKey ApiKey { get; }
}
